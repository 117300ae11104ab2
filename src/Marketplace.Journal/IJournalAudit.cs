namespace Marketplace.Journal;

/// <summary>What <see cref="JournalCheck"/> needs to see: every stored row, as it is stored, from one consistent view.</summary>
public interface IJournalAudit
{
    /// <summary>Every event with its legs, by stream (ordinal), then version. Memory stays flat.</summary>
    IAsyncEnumerable<AuditedEvent> ReadByStream(CancellationToken cancel = default);

    /// <summary>Rows that reading stream by stream cannot see or judge.</summary>
    IAsyncEnumerable<StrayRow> FindStrays(CancellationToken cancel = default);
}

/// <summary>An event row with the columns that only the database needs.</summary>
/// <param name="Legs">Number of each leg within its entry, as stored; parallel to the event's postings.</param>
public sealed record AuditedEvent(RecordedEvent Event, int CommandOrdinal, long CommandLastVersion, IReadOnlyList<int> Legs);

/// <param name="Kind">Why the row should not be there.</param>
/// <param name="Detail">The command id of a repeated command; otherwise empty.</param>
public sealed record StrayRow(StrayKind Kind, string Stream, long Version, int? Entry = null, int? Leg = null, string Detail = "");

public enum StrayKind
{
    /// <summary>A posting whose event does not exist.</summary>
    PostingWithoutEvent,

    /// <summary>A first event of a command whose id another command bears too.</summary>
    RepeatedCommand,

    /// <summary>A snapshot of a version that its stream has not reached.</summary>
    SnapshotAhead,
}
