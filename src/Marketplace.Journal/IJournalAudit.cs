namespace Marketplace.Journal;

/// <summary>What checks need to see: every stored row, as it is stored.</summary>
public interface IJournalAudit
{
    /// <summary>One consistent view of the whole database: every command whole or not at all, however much is written meanwhile.</summary>
    Task<IAuditView> OpenView(CancellationToken cancel = default);
}

/// <summary>The database at one instant. Its readers may be begun side by side, but only one may be reading at any time.</summary>
public interface IAuditView : IAsyncDisposable
{
    /// <summary>When the newest event was recorded; null while there is none.</summary>
    Task<DateTimeOffset?> NewestInstant(CancellationToken cancel = default);

    /// <summary>Every event with its legs, by stream (ordinal), then version. Memory stays flat.</summary>
    IAsyncEnumerable<AuditedEvent> ReadByStream(CancellationToken cancel = default);

    /// <summary>Rows that reading stream by stream cannot see or judge.</summary>
    IAsyncEnumerable<StrayRow> FindStrays(CancellationToken cancel = default);

    /// <summary>
    /// Every row of a read table, ordered by one of its columns (text, ordinal), then by its key. Values as in <see cref="RowChange"/>;
    /// what does not fit its column's type comes as it is stored. Memory stays flat.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<object?>> ReadRows(TableSchema table, string orderBy, CancellationToken cancel = default);
}

/// <summary>An event row with the columns that only the database needs.</summary>
/// <param name="Legs">Number of each leg within its entry, as stored; parallel to the event's postings.</param>
public sealed record AuditedEvent(RecordedEvent Event, int CommandOrdinal, long CommandLastVersion, IReadOnlyList<int> Legs)
{
    /// <summary>The last event of its command: what holds between commands must hold after it.</summary>
    public bool EndsCommand => Event.Version == CommandLastVersion;
}

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
