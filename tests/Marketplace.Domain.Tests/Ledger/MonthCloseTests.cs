using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Tests.Ledger;

public sealed class MonthCloseTests
{
    private static readonly LedgerMonth November = LedgerMonth.Parse("2026-11").Value;
    private static readonly Actor Administrator = new(ActorRole.Administrator, null, "zhang");

    /// <summary>The second of December, midnight in Shanghai: it has been over for a day.</summary>
    private static readonly DateTimeOffset Soonest = new(2026, 12, 1, 16, 0, 0, TimeSpan.Zero);

    private static readonly TrialBalance Balance = TrialBalance.Of(
        November, [("cash", "CNY", 100), ("inventor.payable:1", "CNY", -60), ("inventor.payable:2", "CNY", -40)],
        [("cash", "CNY", 50, 0), ("unapplied", "CNY", 0, 50), ("platform.fee", "JPY", 7, 7)], 3);

    [Theory]
    [InlineData("2026-11", "2026-11")]
    [InlineData(" ２０２６－１１ ", "2026-11")]
    [InlineData("2026-13", null)]
    [InlineData("2026-1", null)]
    [InlineData("1999-12", null)]
    [InlineData("3000-01", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_month_is_written_like_its_stream(string? typed, string? month)
    {
        var parsed = LedgerMonth.Parse(typed);
        Assert.Equal(month, parsed.IsRefused ? null : parsed.Value.Value);
        Assert.Equal(month is null ? "month-malformed" : null, parsed.Refusal?.Code);
    }

    [Fact]
    public void A_month_is_that_of_Shanghai()
    {
        Assert.Equal(new DateTimeOffset(2026, 10, 31, 16, 0, 0, TimeSpan.Zero), November.StartUtc);
        Assert.Equal(November.Next.StartUtc, November.EndUtc);
        Assert.Equal(November, LedgerMonth.Of(November.EndUtc.AddTicks(-1)));
        Assert.Equal("2027-01", November.Next.Next.Value);
        Assert.Equal("2025-12", LedgerMonth.Parse("2026-01").Value.Previous.Value);
        Assert.Throws<InvalidOperationException>(() => default(LedgerMonth).Value);
    }

    [Fact]
    public void A_trial_balance_sums_over_agreements_and_hashes_what_it_says()
    {
        Assert.Equal(
            [
                new TrialBalanceLine("cash", Currency.Cny, 100, 50, 0, 150),
                new TrialBalanceLine("inventor.payable", Currency.Cny, -100, 0, 0, -100),
                new TrialBalanceLine("unapplied", Currency.Cny, 0, 0, 50, -50),
                new TrialBalanceLine("platform.fee", Currency.Parse("JPY").Value, 0, 7, 7, 0),
            ],
            Balance.Lines);
        Assert.Empty(Balance.Unbalanced());

        // Frozen: a digest that somebody keeps on paper must be found again.
        Assert.Equal("b9b56c888748b680be40f03fabfac16850ca3bf621759caeccf389d555c3d806", Balance.Digest());
        Assert.NotEqual(Balance.Digest(), (Balance with { Entries = 4 }).Digest());
    }

    [Fact]
    public void A_month_is_closed_once_and_kept_as_it_stood()
    {
        var closed = Assert.IsType<MonthClosed>(Assert.Single(Decide(MonthClose.Open, Balance).Value));
        Assert.Equal((Balance, Balance.Digest(), "zhang", Soonest), (closed.Balance, closed.Sha256, closed.By, closed.AtUtc));

        var state = MonthCloseRules.Apply(MonthClose.Open, closed);
        Assert.Equal("month-already-closed", Decide(state, Balance).Refusal?.Code);
        Assert.Equal("month-already-closed", Decide(MonthClose.Open, Balance, after: November.Next).Refusal?.Code);
    }

    [Fact]
    public void It_must_have_been_over_for_a_day() =>
        Assert.Equal("month-not-over", Decide(MonthClose.Open, Balance, now: Soonest.AddTicks(-1)).Refusal?.Code);

    [Fact]
    public void Months_are_closed_in_their_order()
    {
        var refusal = Decide(MonthClose.Open, Balance, before: November.Previous).Refusal;
        Assert.Equal("earlier-month-open", refusal?.Code);
        Assert.Contains("2026-10", refusal!.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Books_that_do_not_sum_to_zero_are_not_closed(long openingMinor, long debitMinor, long creditMinor)
    {
        var broken = TrialBalance.Of(November, [("cash", "CNY", openingMinor)], [("cash", "CNY", debitMinor, creditMinor)], 1);
        var refusal = Decide(MonthClose.Open, broken).Refusal;
        Assert.Equal("trial-balance-broken", refusal?.Code);
        Assert.Contains("CNY", refusal!.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActorRole.Lab)]
    [InlineData(ActorRole.Company)]
    [InlineData(ActorRole.Visitor)]
    public void Only_administrators_close(ActorRole role) =>
        Assert.Equal("not-found", Decide(MonthClose.Open, Balance, by: new Actor(role, null, "li")).Refusal?.Code);

    private static Result<IReadOnlyList<MonthCloseEvent>> Decide(
        MonthClose state, TrialBalance balance, LedgerMonth? before = null, LedgerMonth? after = null, DateTimeOffset? now = null, Actor? by = null) =>
        MonthCloseRules.Decide(state, new CloseMonth(balance, before, after), new CommandContext(now ?? Soonest, by ?? Administrator, ReferenceData.Published));
}
