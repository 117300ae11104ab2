using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>Royalty formulas: minor units in, minor units out, rounded once, half to even.</summary>
public static class Royalty
{
    private const long Million = 1_000_000;

    /// <summary>Rate × sum.</summary>
    public static long Share(long ratePpm, long sumMinor) => Rounding.HalfEven((Int128)sumMinor * ratePpm, Million);

    /// <summary>The rate of a contract year (0 is the first) that changes by a step each year, never below 0.</summary>
    public static long Stepped(long ratePpm, long yearlyStepPpm, int year) => Math.Max(0, checked(ratePpm + year * yearlyStepPpm));

    /// <summary>Rate × what the sales of a year so far exceed the floor by.</summary>
    public static long Above(ThresholdRoyalty royalty, long yearToDateMinor) => Share(royalty.RatePpm, Math.Max(0, checked(yearToDateMinor - royalty.YearlyFloorMinor)));

    /// <summary>
    /// What a period owes under tiers. With <see cref="TierBase.Cumulative"/> it is the royalty on all sales so far less the royalty on the
    /// sales before this period, so that the parts sum to the whole.
    /// </summary>
    public static long Tiered(TieredRoyalty royalty, long netMinor, long netBeforeMinor) => royalty.Base switch
    {
        TierBase.PerPeriod => OnTiers(royalty, netMinor),
        TierBase.Cumulative => checked(OnTiers(royalty, checked(netBeforeMinor + netMinor)) - OnTiers(royalty, netBeforeMinor)),
    };

    private static long OnTiers(TieredRoyalty royalty, long salesMinor) => royalty.Method switch
    {
        TierMethod.Marginal => Rounding.HalfEven(Marginal(royalty.Tiers, salesMinor), Million),
        TierMethod.WholeAmount => Rounding.HalfEven((Int128)salesMinor * royalty.Tiers.Last(t => t.FromMinor <= Math.Max(0, salesMinor)).RatePpm, Million),
    };

    private static Int128 Marginal(IReadOnlyList<RoyaltyTier> tiers, long salesMinor)
    {
        Int128 sum = 0;
        for (var i = 0; i < tiers.Count; i++)
        {
            var upTo = i + 1 < tiers.Count ? Math.Min(salesMinor, tiers[i + 1].FromMinor) : salesMinor;
            sum += (Int128)Math.Max(0, upTo - tiers[i].FromMinor) * tiers[i].RatePpm;
        }

        return sum;
    }
}
