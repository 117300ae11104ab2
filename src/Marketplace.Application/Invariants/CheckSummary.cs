using System.Globalization;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>What a check has found, by invariant. Keeps the first findings of each and counts the others: a ruined database may have millions.</summary>
public sealed class CheckSummary
{
    public const int KeptPerInvariant = 20;

    private readonly List<Finding>[] kept = [.. Invariant.Names.Select(_ => new List<Finding>())];
    private readonly long[] counts = new long[Invariant.Names.Count];

    private CheckSummary() { }

    public bool IsSound => counts.All(c => c == 0);

    /// <summary>The findings that were kept, by invariant.</summary>
    public IEnumerable<Finding> Findings => kept.SelectMany(f => f);

    public static async Task<CheckSummary> Of(IAsyncEnumerable<Finding> findings, CancellationToken cancel = default)
    {
        var summary = new CheckSummary();
        await foreach (var finding in findings.WithCancellation(cancel))
        {
            var place = finding.Invariant - 1;
            summary.counts[place]++;
            if (summary.kept[place].Count < KeptPerInvariant)
            {
                summary.kept[place].Add(finding);
            }
        }

        return summary;
    }

    public long CountOf(int invariant) => counts[invariant - 1];

    /// <summary>
    /// A line for each invariant, <c>invariant 7 ok (0 ≤ allocated ≤ due …)</c>, or one for each finding, <c>invariant 7 BROKEN table row: what</c>.
    /// </summary>
    /// <param name="culture">In whose language the names are; what is broken is said in English, as it names columns and events.</param>
    public IEnumerable<string> Lines(CultureInfo culture)
    {
        for (var place = 0; place < counts.Length; place++)
        {
            var name = culture.TwoLetterISOLanguageName == "zh" ? Invariant.Names[place].Zh : Invariant.Names[place].En;
            if (counts[place] == 0)
            {
                yield return $"invariant {place + 1} ok ({name})";
                continue;
            }

            foreach (var finding in kept[place])
            {
                yield return $"invariant {place + 1} BROKEN {finding}";
            }

            if (counts[place] > kept[place].Count)
            {
                yield return $"invariant {place + 1} BROKEN {counts[place] - kept[place].Count} more ({name})";
            }
        }
    }
}
