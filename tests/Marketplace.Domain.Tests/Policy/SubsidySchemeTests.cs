using CsCheck;
using Marketplace.Domain.Policy;

namespace Marketplace.Domain.Tests.Policy;

public sealed class SubsidySchemeTests
{
    // 10 % from 2024 on, at most CNY 500 000.00.
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(97_000_00, 9_700_00, 9_700_00)]
    [InlineData(5_000_000_00, 500_000_00, 500_000_00)] // the cap exactly
    [InlineData(5_000_000_05, 500_000_00, 500_000_00)] // 500 000.005 rounds to the even fen, which is the cap
    [InlineData(5_000_000_06, 500_000_01, 500_000_00)]
    [InlineData(80_000_000_00, 8_000_000_00, 500_000_00)]
    [InlineData(5, 0, 0)] // half a fen goes to the even neighbour
    [InlineData(15, 2, 2)] // 1.5 fen too
    public void The_reward_is_a_rate_of_what_was_received_up_to_the_cap(long receivedMinor, long atRateMinor, long amountMinor)
    {
        var subsidy = SubsidyScheme.Of(SubsidyScheme.RateOf(2026, 2026).Value, 2026, receivedMinor);

        Assert.Equal((atRateMinor, amountMinor), (subsidy.AtRate.AmountMinor, subsidy.Amount.AmountMinor));
        Assert.Equal((100_000L, 500_000_00L), (subsidy.RatePpm, subsidy.Cap.AmountMinor));
    }

    [Fact]
    public void It_says_sum_rate_and_cap_in_both_languages()
    {
        var why = SubsidyScheme.Of(new SubsidyRate(2024, 125_000, 50_000_000), 2025, 8_000_000_00).Why;

        Assert.Equal("2025 年实际收到 8,000,000.00 元 × 12.5% = 1,000,000.00 元；每个权利人每年最多 500,000.00 元，奖励 500,000.00 元。", why.Zh);
        Assert.Equal("Received in 2025: CNY 8,000,000.00 × 12.5% = CNY 1,000,000.00; at most CNY 500,000.00 a year and owner, so CNY 500,000.00.", why.En);
    }

    [Theory]
    [InlineData(2023)] // the scheme began in November 2024
    [InlineData(2027)]
    [InlineData(int.MinValue)]
    public void Years_without_a_scheme_and_years_to_come_are_refused(int year)
    {
        var refusal = SubsidyScheme.RateOf(year, 2026).Refusal;

        Assert.Equal(("subsidy-year", "year"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Who_received_more_never_gets_less_and_nobody_gets_more_than_the_cap() => Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Long[0, 10_000_000_000]).Sample((received, more) =>
    {
        var rate = SubsidyScheme.Rates[^1];
        var (less, greater) = (SubsidyScheme.Of(rate, 2026, received), SubsidyScheme.Of(rate, 2026, received + more));

        Assert.True(greater.Amount >= less.Amount);
        Assert.InRange(greater.Amount.AmountMinor, 0, rate.CapMinor);
    });
}
