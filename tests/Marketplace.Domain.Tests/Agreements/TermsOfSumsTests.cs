using CsCheck;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Sums that nobody may agree on, whichever clause they stand in.</summary>
public sealed class TermsOfSumsTests
{
    [Fact]
    public void F28_A_milestone_of_nothing_or_less_is_refused() => Gen.Long[long.MinValue, 0].Sample(amountMinor =>
        Assert.True(Deals.Terms(new Milestone(MilestoneKind.FirstCommercialSale, "证据", amountMinor, 30)).Check() is not null));

    [Fact]
    public void F28_Parts_that_are_not_the_whole_are_refused() => Gen.Long[0, 2_000_000].Array[1, 6].Sample(weightsPpm =>
    {
        var terms = Deals.Terms(new Instalments(1_000_000, [.. weightsPpm.Select((w, i) => new Instalment(i + 1, w))]));
        Assert.Equal(weightsPpm.Sum() == 1_000_000 && weightsPpm.All(w => w > 0), terms.Check() is null);
    });

    [Fact]
    public void F29_Parts_sum_to_the_whole_and_what_does_not_fit_overflows() => Gen
        .Select(Gen.Long[0, long.MaxValue], Gen.Long[1, 1_000_000].Array[1, 8])
        .Sample((totalMinor, raw) =>
        {
            var weights = raw.Select(r => (long)((Int128)r * 1_000_000 / raw.Aggregate(Int128.Zero, (s, x) => s + x))).ToArray();
            weights[^1] += 1_000_000 - weights.Sum();
            if (weights.All(w => w > 0))
            {
                Assert.Equal(totalMinor, Shares.Split(totalMinor, weights).Sum());
            }

            Assert.Throws<OverflowException>(() => new Money(long.MaxValue, Currency.Cny) + new Money(1, Currency.Cny));
        });
}
