using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>Says why the meter says what it says: the formula of the clause, and the numbers put into it.</summary>
public static class MeterWords
{
    /// <param name="figures">Of all periods up to that of the line at least.</param>
    public static Explanation Why(AgreementTerms terms, IReadOnlyList<SalesFigures> figures, MeterLine line) => Explanation.Of(
        PaymentTrigger.ClauseOf(line.Trigger), Formula(terms.Payments[line.Trigger]) + Taken(line), Inputs(terms, figures, line));

    public static (string Name, object Value)[] Inputs(AgreementTerms terms, IReadOnlyList<SalesFigures> figures, MeterLine line)
    {
        var periodsPerYear = 12 / terms.Reporting!.PeriodMonths;
        var year = (line.Period - 1) / periodsPerYear;
        var now = figures[line.Period - 1];
        var before = figures.Take(line.Period - 1);
        var ofYear = figures.Take(line.Period).Skip(year * periodsPerYear);
        (string, object)[] numbers = terms.Payments[line.Trigger] switch
        {
            RunningRoyalty p => [("netMinor", now.NetMinor), ("ratePpm", p.RatePpm)],
            TieredRoyalty p =>
            [
                ("netMinor", now.NetMinor), ("netBeforeMinor", before.Sum(f => f.NetMinor)),
                .. p.Tiers.Select((t, k) => ($"tier{k + 1}", (object)$"from {t.FromMinor}: {t.RatePpm} ppm")),
            ],
            SteppedRoyalty p => [("netMinor", now.NetMinor), ("ratePpm", p.RatePpm), ("yearlyStepPpm", p.YearlyStepPpm), ("y", year)],
            UnitRoyalty p => [("units", now.Units), ("amountPerUnitMinor", p.AmountPerUnitMinor), ("unit", p.Unit)],
            ThresholdRoyalty p =>
            [
                ("netMinor", now.NetMinor), ("netOfYearBeforeMinor", ofYear.Sum(f => f.NetMinor) - now.NetMinor), ("ratePpm", p.RatePpm),
                ("yearlyFloorMinor", p.YearlyFloorMinor), ("contractYear", year + 1),
            ],
            IncrementShare p =>
            [
                ("reachedMinor", ofYear.Sum(f => f.MeasureMinor)), ("baselineMinor", p.BaselineMinor), ("ratePpm", p.RatePpm),
                ("measure", p.Measure), ("contractYear", year + 1),
            ],
            SublicenceShare p => [("sublicenceMinor", now.SublicenceMinor), ("ratePpm", p.RatePpm), ("yearlyStepPpm", p.YearlyStepPpm), ("y", year)],
            MinimumAnnualRoyalty p =>
            [
                ("minimumMinor", p.AmountMinor), ("earnedMinor", EarnedOfYear(terms, figures, line, year)), ("contractYear", year + 1),
            ],
            var other => throw new ArgumentOutOfRangeException(nameof(line), other, "This clause has no line"),
        };
        return
        [
            .. numbers,
            .. new (string, object)[] { ("stackedMinor", line.StackedMinor), ("creditedMinor", line.CreditedMinor), ("cappedMinor", line.CappedMinor) }
                .Where(n => n.Item2 is not 0L),
        ];
    }

    private static long EarnedOfYear(AgreementTerms terms, IReadOnlyList<SalesFigures> figures, MeterLine line, int year)
    {
        var periodsPerYear = 12 / terms.Reporting!.PeriodMonths;
        return SalesMeter.Run(terms, figures.Take(line.Period))
            .Where(l => l.Period > year * periodsPerYear && terms.Payments[l.Trigger] is not MinimumAnnualRoyalty).Sum(l => l.EarnedMinor);
    }

    private static string Formula(PaymentTrigger payment) => payment switch
    {
        RunningRoyalty => "round(netMinor × ratePpm ÷ 1000000)",
        TieredRoyalty { Method: TierMethod.Marginal, Base: TierBase.PerPeriod } => "round(Σ rateₖ × (min(netMinor, hiₖ) − loₖ)⁺)",
        TieredRoyalty { Method: TierMethod.Marginal } => "R(netBeforeMinor + netMinor) − R(netBeforeMinor), R(S) = round(Σ rateₖ × (min(S, hiₖ) − loₖ)⁺)",
        TieredRoyalty { Base: TierBase.PerPeriod } => "round(netMinor × rate of the tier reached)",
        TieredRoyalty => "R(netBeforeMinor + netMinor) − R(netBeforeMinor), R(S) = round(S × rate of the tier reached)",
        SteppedRoyalty => "round(netMinor × max(0, ratePpm + y × yearlyStepPpm) ÷ 1000000)",
        UnitRoyalty => "units × amountPerUnitMinor",
        ThresholdRoyalty => "R(netOfYearBeforeMinor + netMinor) − R(netOfYearBeforeMinor), R(S) = round(max(0, S − yearlyFloorMinor) × ratePpm ÷ 1000000)",
        IncrementShare => "round(max(0, reachedMinor − baselineMinor) × ratePpm ÷ 1000000)",
        SublicenceShare => "round(sublicenceMinor × max(0, ratePpm + y × yearlyStepPpm) ÷ 1000000)",
        MinimumAnnualRoyalty => "max(0, minimumMinor − earnedMinor)",
        _ => throw new ArgumentOutOfRangeException(nameof(payment), payment, "This clause has no line"),
    };

    private static string Taken(MeterLine line) =>
        (line.StackedMinor == 0 ? "" : " − stackedMinor") + (line.CreditedMinor == 0 ? "" : " − creditedMinor") + (line.CappedMinor == 0 ? "" : " − cappedMinor");
}
