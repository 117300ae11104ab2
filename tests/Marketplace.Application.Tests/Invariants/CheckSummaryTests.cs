using System.Globalization;
using Marketplace.Application.Invariants;
using Marketplace.Domain;
using Marketplace.Journal;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

public sealed class CheckSummaryTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Fact]
    public async Task A_line_for_each_invariant_says_that_all_is_well_in_the_readers_language()
    {
        var summary = await Of(0);
        Assert.True(summary.IsSound);
        Assert.Equal(Invariant.Names.Count, summary.Lines(English).Count());
        Assert.Equal("invariant 1 ok (each entry balances per currency)", summary.Lines(English).First());
        Assert.Equal("invariant 1 ok (每笔分录按币种平衡)", summary.Lines(CultureInfo.GetCultureInfo("zh-CN")).First());
    }

    [Fact]
    public async Task A_broken_invariant_names_its_row()
    {
        var summary = await Of(1);
        Assert.False(summary.IsSound);
        Assert.Contains("invariant 3 BROKEN postings agreement/a version 1 entry 0 leg 0: amiss", summary.Lines(English));
        Assert.DoesNotContain(summary.Lines(English), l => l.StartsWith("invariant 3 ok", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ruined_database_is_counted_and_not_kept()
    {
        var summary = await Of(100_000);
        Assert.Equal(100_000, summary.CountOf(Invariant.BalanceIsSumOfLegs));
        Assert.Equal(CheckSummary.KeptPerInvariant, summary.Findings.Count());
        Assert.Contains(summary.Lines(English), l => l.StartsWith("invariant 3 BROKEN 99980 more", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_invariant_has_a_name_in_both_languages() =>
        Assert.All(Invariant.Names, n => Assert.True(n.Zh.Length > 4 && n.En.Length > 10));

    private static Task<CheckSummary> Of(int findings) => CheckSummary.Of(
        Enumerable.Range(0, findings).Select(_ => new Finding(3, "postings", "agreement/a", 1, 0, 0, "amiss")).ToAsyncEnumerable());
}
