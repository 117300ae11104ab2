using CsCheck;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Terms that nobody would think of, and that may be agreed.</summary>
internal static class RandomTerms
{
    /// <summary>A clause of any kind, each as often, with numbers that fit it.</summary>
    public static readonly Gen<PaymentTrigger> Payment = Gen.OneOf<PaymentTrigger>(
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[0, 24], Gen.Enum<PayDateRule>(), (amount, months, rule) => (PaymentTrigger)new DeferredLumpSum(amount, months, rule)),
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[0, 12].Array[1, 6], (total, months) => (PaymentTrigger)new Instalments(total, Parts(months))),
        Gen.Select(Gen.Enum<MilestoneKind>(), Gen.Long[1, 1_000_000], Gen.Int[0, 60], (kind, amount, days) =>
            (PaymentTrigger)new Milestone(kind, "证据", amount, days, kind == MilestoneKind.CumulativeNetSales ? amount : null)),
        Gen.Long[1, 1_000_000].Select(rate => (PaymentTrigger)new RunningRoyalty(rate)),
        Gen.Select(Gen.Long[0, 300_000].Array[1, 4], Gen.Enum<TierMethod>(), Gen.Enum<TierBase>(), (rates, method, tierBase) =>
            (PaymentTrigger)new TieredRoyalty([.. rates.Order().Select((r, i) => new RoyaltyTier(i * 500_000L, r))], method, tierBase)),
        Gen.Select(Gen.Long[1, 100_000], Gen.Bool, (amount, isCreditable) => (PaymentTrigger)new MinimumAnnualRoyalty(amount, isCreditable)),
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[0, 60], (amount, days) => (PaymentTrigger)new ConditionalSum("条件", "证据", amount, days)),
        Gen.Select(Gen.Long[1, 100_000], Gen.Int[0, 60], Gen.Bool, (amount, days, isCreditable) => (PaymentTrigger)new EntryFee(amount, days, isCreditable)),
        Gen.Select(Gen.Long[1, 200_000], Gen.Long[-100_000, 100_000], (rate, step) => (PaymentTrigger)new SteppedRoyalty(rate, step)),
        Gen.Long[1, 10_000].Select(amount => (PaymentTrigger)new UnitRoyalty("件", amount)),
        Gen.Select(Gen.Long[1, 200_000], Gen.Long[1, 2_000_000], (rate, floor) => (PaymentTrigger)new ThresholdRoyalty(rate, floor)),
        Gen.Select(Gen.Long[1, 200_000], Gen.Long[-1_000_000, 1_000_000], (rate, baseline) => (PaymentTrigger)new IncrementShare(IncrementMeasure.OutputValue, rate, baseline)),
        Gen.Select(Gen.Long[1, 200_000], Gen.Long[-100_000, 0], (rate, step) => (PaymentTrigger)new SublicenceShare(rate, step)),
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Long[0, 1_000_000], (share, floor) => (PaymentTrigger)new StackingReduction(share, floor)),
        Gen.Long[1, 1_000_000].Select(amount => (PaymentTrigger)new CumulativeCap(amount)),
        Gen.Select(Gen.Int[1, 12], Gen.Long[1, 1_000_000], Gen.Int[0, 60], (month, amount, days) => (PaymentTrigger)new BuyOut([new(month, amount), new(12 + month, amount / 2 + 1)], days)),
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[0, 60], (amount, days) => (PaymentTrigger)new EquityConversion("融资", "协议", amount, 10_000, days)));

    /// <summary>Every draw is one that may be agreed: clauses that stand alone or take from others only as often, and only beside those, as they may.</summary>
    public static readonly Gen<AgreementTerms> Any = AnyTerms().Where(t => t.Check() is null);

    private static Gen<AgreementTerms> AnyTerms() => Gen.Select(
        Payment.Array[1, 4], Gen.Int[1, 24], Gen.Int[1, 4], Among(1, 3, 6, 12), Gen.Long[0, 200_000], Among(360, 365),
        (payments, trialMonths, years, periodMonths, feePpm, dayCount) => Deals.Terms(payments) with
        {
            TrialMonths = trialMonths,
            CommercialMonths = years * 12,
            Reporting = payments.Any(p => p.NeedsSalesReports) ? new SalesReporting(periodMonths, 30, 30) : null,
            PlatformFeePpm = feePpm,
            LateInterest = new LateInterestTerms(null, 400_000, dayCount),
        });

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Instalment[] Parts(int[] months)
    {
        var weights = months.Select(_ => 1_000_000L / months.Length).ToArray();
        weights[^1] += 1_000_000 - weights.Sum();
        return [.. months.Order().Select((m, i) => new Instalment(m, weights[i]))];
    }
}
