using System.Collections.Immutable;
using System.Globalization;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>One reason for doubt, with the numbers that speak for it.</summary>
/// <param name="Period">Of the report that it is about; null: of several.</param>
public sealed record RiskReason(RiskReasonKind Kind, int Points, int? Period, string Zh, string En, IReadOnlyList<ExplanationInput> Numbers);

/// <summary>What other agreements of the same field of technology sell.</summary>
/// <param name="Agreements">How many; the one in question is none of them.</param>
/// <param name="MedianMonthlyNetMinor">Of their medians.</param>
public sealed record PeerSales(int Agreements, long MedianMonthlyNetMinor)
{
    /// <summary>All but one of them; null when it is the only one.</summary>
    /// <param name="sorted">Median monthly net sales of each agreement, from low to high.</param>
    /// <param name="place">Of the one that is left out.</param>
    public static PeerSales? AllBut(IReadOnlyList<long> sorted, int place)
    {
        var count = sorted.Count - 1;
        long At(int i) => sorted[i < place ? i : i + 1];
        return count == 0 ? null : new PeerSales(count, ReportRisk.Median(count % 2 == 1 ? [At(count / 2)] : [At((count / 2) - 1), At(count / 2)]));
    }

    /// <summary>Too few to say anything do not make anybody's sales low.</summary>
    public bool Exceed(long monthlyNetMinor, RiskWeights weights) =>
        Agreements >= weights.FewestPeers && (Int128)monthlyNetMinor * Money.WholePpm < (Int128)MedianMonthlyNetMinor * weights.PeerPpm;
}

/// <summary>
/// How much the sales reports of an agreement deserve a second look, 0 to 1000: the sum of named reasons. Advice to an administrator who chooses
/// what to audit first; nothing follows from it by itself.
/// </summary>
/// <param name="WeightsVersion">Of the table that says what each reason counts.</param>
public sealed record ReportRisk(int Score, int WeightsVersion, IReadOnlyList<RiskReason> Reasons)
{
    private const int MostPoints = 1_000;
    private const int MostEarlier = 4;
    private const int FewestEarlier = 2;
    private const int FewestRound = 3;
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="peers">Null: not asked, or not known.</param>
    public static ReportRisk Of(Agreement a, RiskWeights weights, PeerSales? peers = null)
    {
        if (a.Stage == Stage.None || a.Terms.Reporting is null)
        {
            return new ReportRisk(0, weights.Version, []);
        }

        RiskReason[] reasons =
        [
            .. new[]
            {
                BelowInvoices(a), OfEarlier(a, weights), ShortOfStep(a), BelowForecast(a, weights), peers is null ? null : BelowPeers(a, weights, peers),
                HighDeductions(a, weights), CorrectedDown(a), LateReports(a), RoundNumbers(a),
            }.OfType<Found>().Select(f => new RiskReason(f.Kind, weights.Points[f.Kind], f.Period, f.Zh, f.En, f.Numbers)),
        ];
        return new ReportRisk(ScoreOf(reasons.Sum(r => r.Points)), weights.Version, reasons);
    }

    /// <summary>The points of all reasons, as far as a score goes.</summary>
    public static int ScoreOf(int points) => Math.Min(MostPoints, points);

    /// <summary>Median of the reported net sales of a month; null when the company has reported nothing. Estimates are nobody's report.</summary>
    public static long? MedianMonthlyNetMinor(Agreement a) => a.Reports.Any(r => r.Statement is not null)
        ? Median(a.Reports.Where(r => r.Statement is not null).Select(r => Rounding.HalfEven(r.Figures.NetMinor, a.Terms.Reporting!.PeriodMonths)))
        : null;

    /// <summary>The middle one of an odd number, the mean of the two middle ones of an even number, rounded half to even.</summary>
    public static long Median(IEnumerable<long> values)
    {
        long[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : Rounding.HalfEven((Int128)sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2], 2);
    }

    private sealed record Found(RiskReasonKind Kind, int? Period, string Zh, string En, IReadOnlyList<ExplanationInput> Numbers);

    private static Found? BelowInvoices(Agreement a) => a.Reports
        .Where(r => r.Statement is not null)
        .Select(r => (Report: r, GrossMinor: r.Statement!.GrossMinor, InvoicedMinor: a.SalesEvidence.Where(e => e.Period == r.Number).Sum(e => e.AmountMinor)))
        .Where(r => r.InvoicedMinor > r.GrossMinor)
        .OrderByDescending(r => r.InvoicedMinor - r.GrossMinor)
        .Select(r => Because(
            RiskReasonKind.BelowInvoices, r.Report.Number,
            $"第 {r.Report.Number} 期报告的毛额 {Zh(a, r.GrossMinor)} 低于已登记发票合计 {Zh(a, r.InvoicedMinor)}。",
            $"Gross sales of period {r.Report.Number}, {En(a, r.GrossMinor)}, are below the invoices recorded for it, {En(a, r.InvoicedMinor)}.",
            ("grossMinor", r.GrossMinor), ("invoicedMinor", r.InvoicedMinor)))
        .FirstOrDefault();

    private static Found? OfEarlier(Agreement a, RiskWeights weights)
    {
        if (Newest(a) is not { } newest)
        {
            return null;
        }

        var (nowMinor, before) = (newest.Figures.NetMinor, Earlier(a));
        if (nowMinor == 0 && before.Count > 0 && before[^1].Figures.NetMinor > 0)
        {
            return Because(
                RiskReasonKind.NoneAfterSales, newest.Number,
                $"第 {newest.Number} 期没有净销售额，而上一期为 {Zh(a, before[^1].Figures.NetMinor)}。",
                $"Period {newest.Number} had no net sales, and the period before had {En(a, before[^1].Figures.NetMinor)}.",
                ("netMinor", nowMinor), ("netBeforeMinor", before[^1].Figures.NetMinor));
        }

        return UsualMinor(a) is { } usualMinor && (Int128)nowMinor * Money.WholePpm < (Int128)usualMinor * weights.FallPpm
            ? Because(
                RiskReasonKind.Fell, newest.Number,
                $"第 {newest.Number} 期净销售额 {Zh(a, nowMinor)}，不到前几期中位数 {Zh(a, usualMinor)} 的 {weights.FallPpm / 10_000}%。",
                $"Net sales of period {newest.Number}, {En(a, nowMinor)}, are less than {weights.FallPpm / 10_000} % of the median of those before, {En(a, usualMinor)}.",
                ("netMinor", nowMinor), ("medianMinor", usualMinor), ("fallPpm", weights.FallPpm))
            : null;
    }

    private static Found? ShortOfStep(Agreement a)
    {
        if (Newest(a) is not { } newest || UsualMinor(a) is not { } usualMinor || newest.Figures.NetMinor >= usualMinor)
        {
            return null;
        }

        foreach (var (i, payment) in a.Terms.Payments.Index())
        {
            if (StepsOf(a, payment).Select(s => (s.ReachedBeforeMinor, s.StepMinor))
                .Where(s => s.ReachedBeforeMinor + newest.Figures.NetMinor < s.StepMinor && s.StepMinor <= s.ReachedBeforeMinor + usualMinor)
                .Select(s => ((long Before, long Step)?)s).FirstOrDefault() is { } missed)
            {
                return Because(
                    RiskReasonKind.ShortOfStep, newest.Number,
                    $"按前几期中位数，第 {newest.Number} 期本应达到条款 {PaymentTrigger.ClauseOf(i)} 的门槛 {Zh(a, missed.Step)}，报告后仅为 {Zh(a, missed.Before + newest.Figures.NetMinor)}。",
                    $"By the median of those before, period {newest.Number} would have reached the step of {En(a, missed.Step)} of clause {PaymentTrigger.ClauseOf(i)}; as reported it comes to {En(a, missed.Before + newest.Figures.NetMinor)}.",
                    ("netMinor", newest.Figures.NetMinor), ("medianMinor", usualMinor), ("reachedBeforeMinor", missed.Before), ("stepMinor", missed.Step));
            }
        }

        return null;
    }

    /// <summary>Sums of net sales at which a clause begins to cost more, and what was reached before the newest period.</summary>
    private static IEnumerable<(long ReachedBeforeMinor, long StepMinor)> StepsOf(Agreement a, PaymentTrigger payment)
    {
        var perYear = 12 / a.Terms.Reporting!.PeriodMonths;
        var before = Earlier(a);
        var allMinor = before.Sum(r => r.Figures.NetMinor);
        var ofYearMinor = before.Skip(before.Count / perYear * perYear).Sum(r => r.Figures.NetMinor);
        return payment switch
        {
            TieredRoyalty { Base: TierBase.PerPeriod } p => p.Tiers.Skip(1).Select(t => (0L, t.FromMinor)),
            TieredRoyalty p => p.Tiers.Skip(1).Select(t => (allMinor, t.FromMinor)),
            ThresholdRoyalty p => [(ofYearMinor, p.YearlyFloorMinor)],
            Milestone { CumulativeNetSalesMinor: { } stepMinor } => [(allMinor, stepMinor)],
            MinimumAnnualRoyalty p when a.Terms.Payments.OfType<RunningRoyalty>().FirstOrDefault() is { } royalty =>
                [(ofYearMinor, Rounding.HalfEven((Int128)p.AmountMinor * Money.WholePpm, royalty.RatePpm))],
            _ => [],
        };
    }

    private static Found? BelowForecast(Agreement a, RiskWeights weights)
    {
        if (Newest(a) is not { } newest || a.ForecastOf(newest.Number) is not { } forecast)
        {
            return null;
        }

        var (nowMinor, expectedMinor) = (newest.Figures.NetMinor, forecast.NetMinor * a.Terms.Reporting!.PeriodMonths);
        return (Int128)nowMinor * Money.WholePpm < (Int128)expectedMinor * weights.FallPpm
            ? Because(
                RiskReasonKind.BelowForecast, newest.Number,
                $"第 {newest.Number} 期净销售额 {Zh(a, nowMinor)}，不到企业自己预测的 {Zh(a, expectedMinor)}（每月 {Zh(a, forecast.NetMinor)}）的 {weights.FallPpm / 10_000}%。",
                $"Net sales of period {newest.Number}, {En(a, nowMinor)}, are less than {weights.FallPpm / 10_000} % of the company's own forecast, {En(a, expectedMinor)} ({En(a, forecast.NetMinor)} a month).",
                ("netMinor", nowMinor), ("forecastMinor", expectedMinor), ("monthlyForecastMinor", forecast.NetMinor), ("fallPpm", weights.FallPpm))
            : null;
    }

    private static Found? BelowPeers(Agreement a, RiskWeights weights, PeerSales peers) =>
        MedianMonthlyNetMinor(a) is { } monthlyMinor && peers.Exceed(monthlyMinor, weights)
            ? Because(
                RiskReasonKind.BelowPeers, null,
                $"月净销售额中位数 {Zh(a, monthlyMinor)}，不到同一技术领域 {peers.Agreements} 份合同中位数 {Zh(a, peers.MedianMonthlyNetMinor)} 的 {weights.PeerPpm / 10_000}%。",
                $"The median of its monthly net sales, {En(a, monthlyMinor)}, is less than {weights.PeerPpm / 10_000} % of the median of {peers.Agreements} agreements in the same field of technology, {En(a, peers.MedianMonthlyNetMinor)}.",
                ("monthlyNetMinor", monthlyMinor), ("peerMedianMinor", peers.MedianMonthlyNetMinor), ("peers", peers.Agreements), ("peerPpm", weights.PeerPpm))
            : null;

    private static Found? HighDeductions(Agreement a, RiskWeights weights) =>
        Newest(a) is { Statement: { } said } newest && (Int128)said.DeductionsMinor * Money.WholePpm > (Int128)said.GrossMinor * weights.DeductionsPpm
            ? Because(
                RiskReasonKind.HighDeductions, newest.Number,
                $"第 {newest.Number} 期扣除 {Zh(a, said.DeductionsMinor)}，超过毛额 {Zh(a, said.GrossMinor)} 的 {weights.DeductionsPpm / 10_000}%。",
                $"Deductions of period {newest.Number}, {En(a, said.DeductionsMinor)}, are more than {weights.DeductionsPpm / 10_000} % of its gross sales, {En(a, said.GrossMinor)}.",
                ("deductionsMinor", said.DeductionsMinor), ("grossMinor", said.GrossMinor), ("deductionsPpm", weights.DeductionsPpm))
            : null;

    private static Found? CorrectedDown(Agreement a) => a.Reports.Sum(r => r.CorrectedDown) is > 0 and var times
        ? Because(
            RiskReasonKind.CorrectedDown, null, $"已报告的销售额曾 {times} 次向下更正。", $"Reported sales were corrected downward {Times(times)}.", ("times", times))
        : null;

    private static Found? LateReports(Agreement a)
    {
        var late = a.Reports.Count(r => r.IsEstimate || r.ReceivedOn > r.To.AddDays(a.Terms.Reporting!.ReportDays));
        return late == 0 ? null : Because(
            RiskReasonKind.LateReports, null, $"{a.Reports.Count} 期报告中有 {late} 期迟交或未交。", $"Of {a.Reports.Count} reports, {late} came late or not at all.",
            ("late", late), ("reports", a.Reports.Count));
    }

    private static Found? RoundNumbers(Agreement a)
    {
        long[] told = [.. a.Reports.Where(r => r.Statement is { GrossMinor: > 0, Sheet: null }).Select(r => r.Statement!.GrossMinor)];
        var round = told.Count(IsRound);
        return told.Length < FewestRound || round * 2 < told.Length ? null : Because(
            RiskReasonKind.RoundNumbers, null, $"{told.Length} 期填报的毛额中有 {round} 期是整数。", $"Of {told.Length} gross sums that were typed, {round} are round numbers.",
            ("round", round), ("reports", told.Length));
    }

    /// <summary>At most two digits that are not zeros at its end.</summary>
    private static bool IsRound(long amountMinor)
    {
        while (amountMinor % 10 == 0)
        {
            amountMinor /= 10;
        }

        return amountMinor < 100;
    }

    /// <summary>Null: the newest period is an estimate, or there is none.</summary>
    private static SalesPeriod? Newest(Agreement a) => a.Reports.IsEmpty || a.Reports[^1].Statement is null ? null : a.Reports[^1];

    private static ImmutableList<SalesPeriod> Earlier(Agreement a) => a.Reports.RemoveAt(a.Reports.Count - 1);

    /// <summary>Median of the periods before the newest, four at most; null when there are too few to say what is usual.</summary>
    private static long? UsualMinor(Agreement a) => a.Reports.Count > FewestEarlier
        ? Median(Earlier(a).TakeLast(MostEarlier).Select(r => r.Figures.NetMinor))
        : null;

    private static Found Because(RiskReasonKind kind, int? period, string zh, string en, params (string Name, long Value)[] numbers) =>
        new(kind, period, zh, en, [.. numbers.Select(n => new ExplanationInput(n.Name, n.Value.ToString(CultureInfo.InvariantCulture)))]);

    private static string Zh(Agreement a, long minor) => new Money(minor, a.Terms.Currency).Format(Chinese);

    private static string En(Agreement a, long minor) => new Money(minor, a.Terms.Currency).Format(English);

    private static string Times(int times) => times == 1 ? "once" : $"{times} times";
}
