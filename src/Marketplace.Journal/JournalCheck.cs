using System.Runtime.CompilerServices;

namespace Marketplace.Journal;

/// <summary>One row that breaks an invariant.</summary>
/// <param name="Invariant">1 entries balance · 2 currencies sum to 0 · 3 stored balance = Σ legs · 4 chains hold, versions have no gap · 5 one command id, one command. The others are the domain's.</param>
/// <param name="Table">Table of the row; with the next five, its name. Null where a row cannot be named so closely.</param>
/// <param name="Key">Key of a row of a read table, <c>agreement agr_… number 3</c>; null of the journal's own tables.</param>
public sealed record Finding(int Invariant, string Table, string? Stream, long? Version, int? Entry, int? Leg, string What, string? Key = null)
{
    /// <summary>The row in one word: <c>postings agreement/agr_1 version 3 entry 0 leg 1</c>.</summary>
    public string Row =>
        Table
        + (Key is null ? "" : $" {Key}")
        + (Stream is null ? "" : $" {Stream}")
        + (Version is null ? "" : $" version {Version}")
        + (Entry is null ? "" : $" entry {Entry}")
        + (Leg is null ? "" : $" leg {Leg}");

    public static Finding OfEvent(int invariant, RecordedEvent stored, string what) =>
        new(invariant, "events", stored.Stream, stored.Version, null, null, what);

    public static Finding OfRow(int invariant, TableSchema table, IReadOnlyList<object?> values, string what) => new(
        invariant, table.Name, null, null, null, null, what,
        string.Join(' ', Enumerable.Range(0, table.KeyLength).Select(i => FormattableString.Invariant($"{table.Columns[i].Name} {values[i]}"))));

    public override string ToString() => $"{Row}: {What}";
}

/// <summary>Verifies invariants 1 to 5 of a whole journal, row by row, with the memory of one stream.</summary>
public sealed class JournalCheck
{
    private readonly Dictionary<string, Int128> totals = new(StringComparer.Ordinal);
    private StreamCheck current = new("");

    /// <summary>Yields a finding for each broken row; nothing when the journal is sound.</summary>
    public static async IAsyncEnumerable<Finding> Run(IJournalAudit audit, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var view = await audit.OpenView(cancel);
        var check = new JournalCheck();
        await foreach (var row in view.ReadByStream(cancel))
        {
            foreach (var finding in check.Next(row))
            {
                yield return finding;
            }
        }

        await foreach (var finding in check.End(view, cancel))
        {
            yield return finding;
        }
    }

    /// <summary>Looks at the next event, in the order of <see cref="IAuditView.ReadByStream"/>.</summary>
    public IEnumerable<Finding> Next(AuditedEvent row)
    {
        var ended = Enumerable.Empty<Finding>();
        if (row.Event.Stream != current.Stream)
        {
            ended = current.End();
            current = new StreamCheck(row.Event.Stream);
        }

        foreach (var posting in row.Event.Postings)
        {
            totals[posting.Currency] = totals.GetValueOrDefault(posting.Currency) + posting.AmountMinor;
        }

        return ended.Concat(current.Next(row));
    }

    /// <summary>What can only be said when every event has been seen.</summary>
    public async IAsyncEnumerable<Finding> End(IAuditView view, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var finding in current.End())
        {
            yield return finding;
        }

        foreach (var (currency, total) in totals.Where(t => t.Value != 0).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            yield return new Finding(2, "postings", null, null, null, null, $"all legs in {currency} sum to {total}, not 0");
        }

        await foreach (var stray in view.FindStrays(cancel))
        {
            yield return Judge(stray);
        }
    }

    private static Finding Judge(StrayRow stray) => stray.Kind switch
    {
        StrayKind.PostingWithoutEvent => new(4, "postings", stray.Stream, stray.Version, stray.Entry, stray.Leg, "belongs to no event"),
        StrayKind.RepeatedCommand => new(5, "events", stray.Stream, stray.Version, null, null, $"command {stray.Detail} was recorded more than once"),
        StrayKind.SnapshotAhead => new(4, "snapshots", stray.Stream, stray.Version, null, null, "its stream has not reached this version: events are missing"),
    };
}
