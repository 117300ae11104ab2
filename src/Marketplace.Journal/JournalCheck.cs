using System.Runtime.CompilerServices;

namespace Marketplace.Journal;

/// <summary>One row that breaks an invariant of the journal.</summary>
/// <param name="Invariant">1 entries balance · 2 currencies sum to 0 · 3 stored balance = Σ legs · 4 chains hold, versions have no gap · 5 one command id, one command.</param>
/// <param name="Table">Table of the row; with the next four, its name. Null where a row cannot be named so closely.</param>
public sealed record Finding(int Invariant, string Table, string? Stream, long? Version, int? Entry, int? Leg, string What)
{
    /// <summary>The row in one word: <c>postings agreement/agr_1 version 3 entry 0 leg 1</c>.</summary>
    public string Row =>
        Table
        + (Stream is null ? "" : $" {Stream}")
        + (Version is null ? "" : $" version {Version}")
        + (Entry is null ? "" : $" entry {Entry}")
        + (Leg is null ? "" : $" leg {Leg}");

    public override string ToString() => $"{Row}: {What}";
}

/// <summary>Verifies invariants 1 to 5 of a whole journal, row by row, with the memory of one stream.</summary>
public static class JournalCheck
{
    /// <summary>Yields a finding for each broken row; nothing when the journal is sound.</summary>
    public static async IAsyncEnumerable<Finding> Run(IJournalAudit audit, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var totals = new Dictionary<string, Int128>(StringComparer.Ordinal);
        var current = new StreamCheck("");
        await foreach (var row in audit.ReadByStream(cancel))
        {
            if (row.Event.Stream != current.Stream)
            {
                foreach (var finding in current.End())
                {
                    yield return finding;
                }

                current = new StreamCheck(row.Event.Stream);
            }

            foreach (var finding in current.Next(row))
            {
                yield return finding;
            }

            foreach (var posting in row.Event.Postings)
            {
                totals[posting.Currency] = totals.GetValueOrDefault(posting.Currency) + posting.AmountMinor;
            }
        }

        foreach (var finding in current.End())
        {
            yield return finding;
        }

        foreach (var (currency, total) in totals.Where(t => t.Value != 0).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            yield return new Finding(2, "postings", null, null, null, null, $"all legs in {currency} sum to {total}, not 0");
        }

        await foreach (var stray in audit.FindStrays(cancel))
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
