using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>
/// What is due is done, or somebody has been told: no due work has waited for more than a day unless it is quarantined.
/// A day, because the rules count in days and sweeps run many times in one.
/// </summary>
internal sealed class DueWorkCheck(IAuditView view, DateTimeOffset nowUtc, CancellationToken cancel) : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly ReadTable Work = ReadTable.Of(typeof(DueWorkRow));
    private static readonly ReadTable Failures = ReadTable.Of(typeof(DueWorkFailureRow));
    private static readonly int Purpose = Failures.PlaceOf(nameof(DueWorkFailureRow.Purpose));
    private static readonly int Quarantined = Failures.PlaceOf(nameof(DueWorkFailureRow.QuarantinedAtUtc));

    private readonly SortedRows failures =
        new(view, Failures.Schema, Failures.Schema.Columns[0].Name, values => (string)values[0]!, cancel);

    public async IAsyncEnumerable<Finding> OfStream(StreamAudit audit)
    {
        var quarantined = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (isOfKey, values) in failures.UpTo(audit.Stream))
        {
            if (isOfKey && values[Quarantined] is not null)
            {
                quarantined.Add((string)values[Purpose]!);
            }
        }

        var latest = (nowUtc - LongestWait).UtcDateTime;
        foreach (var row in audit.Rows?.OfType<DueWorkRow>() ?? [])
        {
            if (row.DueAtUtc < latest && !quarantined.Contains(row.Purpose))
            {
                yield return Finding.OfRow(
                    row.Purpose == DueWork.Intent ? Invariant.UnknownIsLookedUp : Invariant.DueIsActedUpon,
                    Work.Schema, ReadTable.Change(row).Values, $"due since {row.DueAtUtc:O}, and nobody came until {nowUtc:O}");
            }
        }
    }

    public ValueTask DisposeAsync() => failures.DisposeAsync();
}
