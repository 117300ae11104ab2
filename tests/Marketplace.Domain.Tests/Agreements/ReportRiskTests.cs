using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Each reason for doubt, just when it is one and just when it is not. Amounts in fen, worked out by hand.</summary>
public sealed class ReportRiskTests
{
    [Fact]
    public void Every_reason_has_a_weight_and_all_together_reach_the_highest_score()
    {
        Assert.Equal(Enum.GetValues<RiskReasonKind>(), RiskWeights.Current.Points.Keys.Order());
        // What fell to nothing has not also fallen to less than half.
        Assert.Equal(1_120, RiskWeights.Current.Points.Where(p => p.Key != RiskReasonKind.Fell).Sum(p => p.Value));
        Assert.Equal((2, 1_000), (RiskWeights.Current.Version, ReportRisk.ScoreOf(1_120)));
    }

    [Fact]
    public void Reports_like_those_before_raise_no_doubt() => Expect([], Reported([100_003, 120_007, 90_001, 110_009]));

    [Theory]
    // Usual is the median of four: (80 003 + 120 007) / 2 = 100 005 of the last four, so half is 50 002.5.
    [InlineData(50_003, false)]
    [InlineData(50_002, true)]
    public void Less_than_half_of_the_median_of_four_has_fallen(long netMinor, bool fell)
    {
        var story = Reported([999_999_99, 200_001, 80_003, 60_007, 120_007, netMinor]);
        Expect(fell ? [RiskReasonKind.Fell] : [], story);
        if (fell)
        {
            var reason = ReportRisk.Of(story.State, RiskWeights.Current).Reasons.Single();
            Assert.Equal(["50002", "100005", "500000"], reason.Numbers.Select(n => n.Value));
            Assert.Equal((150, 6), (reason.Points, reason.Period));
        }
    }

    [Fact]
    public void With_one_report_before_nothing_is_usual_yet() => Expect([], Reported([100_003, 10_001]));

    [Fact]
    public void Nothing_after_something_takes_the_place_of_a_fall()
    {
        Expect([RiskReasonKind.NoneAfterSales], Reported([100_003, 100_007, 0]));
        Expect([RiskReasonKind.NoneAfterSales], Reported([100_003, 0]));
        Expect([], Reported([0, 0, 0]));
    }

    [Theory]
    // Before: 100 003 + 100 007 = 200 010, usual 100 005.
    [InlineData(300_015, 80_001, true)]
    [InlineData(300_016, 80_001, false)] // what is usual would not have reached it
    [InlineData(280_011, 80_001, false)] // reached as reported
    [InlineData(280_012, 80_001, true)]
    [InlineData(300_000, 100_006, false)] // more than usual
    public void A_step_that_what_is_usual_would_have_reached_was_missed(long stepMinor, long netMinor, bool missed)
    {
        var milestone = new Milestone(MilestoneKind.CumulativeNetSales, "审计报告", 1_000, 30, stepMinor);
        var tier = new TieredRoyalty([new(0, 50_000), new(stepMinor, 60_000)], TierMethod.Marginal, TierBase.Cumulative);
        var threshold = new ThresholdRoyalty(10_000, stepMinor); // the third quarter of the first year
        foreach (var clause in new PaymentTrigger[] { milestone, tier, threshold })
        {
            Expect(missed ? [RiskReasonKind.ShortOfStep] : [], Reported([100_003, 100_007, netMinor], clause));
        }
    }

    [Fact]
    public void A_tier_of_the_period_and_the_minimum_of_a_year_are_steps_too()
    {
        var tier = new TieredRoyalty([new(0, 50_000), new(90_000, 60_000)], TierMethod.Marginal, TierBase.PerPeriod);
        Expect([RiskReasonKind.ShortOfStep], Reported([100_003, 100_007, 89_999], tier));
        Expect([], Reported([100_003, 100_007, 90_000 + 1], tier));

        // 5 % of 290 000 are the minimum of 14 500: 200 010 before, 80 001 now, 100 005 usual.
        Expect([RiskReasonKind.ShortOfStep], Reported([100_003, 100_007, 80_001], new MinimumAnnualRoyalty(14_500)));
        Expect([], Reported([100_003, 100_007, 80_001], new MinimumAnnualRoyalty(14_000)));
    }

    [Fact]
    public void Invoices_above_the_report_are_told_with_the_largest_gap()
    {
        var story = Reported([100_003, 100_007]);
        story.Do(Deals.Lab, Invoice("1", "2025-03-03", 60_000)).Do(Deals.Lab, Invoice("2", "2025-06-02", 40_003)).Do(Deals.Lab, Invoice("3", "2025-06-03", 100_007));
        Expect([], story);
        story.Do(Deals.Administrator, Invoice("4", "2025-04-01", 1));
        Expect([RiskReasonKind.BelowInvoices], story);
        story.Do(Deals.Lab, Invoice("5", "2025-07-01", 500));
        var reason = ReportRisk.Of(story.State, RiskWeights.Current).Reasons.Single();
        Assert.Equal((2, 300), (reason.Period, reason.Points));
        Assert.Equal(["100007", "100507"], reason.Numbers.Select(n => n.Value));
        Assert.Contains("1,005.07 元", reason.Zh, StringComparison.Ordinal);
        Assert.Contains("CNY 1,005.07", reason.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30_000, false)] // three tenths of 100 000
    [InlineData(30_001, true)]
    public void Deductions_above_three_tenths_are_unusual(long deductedMinor, bool unusual)
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until("2025-06-03")
            .Do(Deals.Company, Deals.Report(1, Deals.Yuan(100_000), [new SalesDeduction("退货", deductedMinor)]));
        Expect(unusual ? [RiskReasonKind.HighDeductions] : [], story);
    }

    [Fact]
    public void Late_reports_estimates_and_corrections_downward_are_counted()
    {
        // The first is due 30 days after 3 June, on 3 July.
        Expect([], Over().Until("2025-07-03").Do(Deals.Company, Deals.Report(1, Deals.Yuan(100_003), [])));
        var late = Over().Until("2025-07-04").Do(Deals.Company, Deals.Report(1, Deals.Yuan(100_003), []));
        Expect([RiskReasonKind.LateReports], late);

        late.Do(Deals.Company, Deals.Correct(1, Deals.Yuan(100_005), [], "漏报"));
        Expect([RiskReasonKind.LateReports], late);
        late.Do(Deals.Company, Deals.Correct(1, Deals.Yuan(100_001), [], "退货"));
        Expect([RiskReasonKind.CorrectedDown, RiskReasonKind.LateReports], late);
        Assert.Equal(80 + 60, ReportRisk.Of(late.State, RiskWeights.Current).Score);
    }

    [Fact]
    public void Half_of_three_typed_reports_or_more_in_round_numbers_are_told()
    {
        Expect([RiskReasonKind.RoundNumbers], Reported([100_000, 120_000, 110_003]));
        Expect([], Reported([100_000, 121_000, 110_003]));
        Expect([], Reported([100_000, 120_000]));
    }

    [Theory]
    // 33 335 a month are 100 005 a quarter, and half of that is 50 002.5.
    [InlineData(33_335, 50_003, false)]
    [InlineData(33_335, 50_002, true)]
    [InlineData(33_334, 50_001, false)] // half of 100 002 exactly
    [InlineData(0, 0, false)]
    public void Less_than_half_of_the_forecast_is_below_it(long monthlyMinor, long netMinor, bool below)
    {
        var story = InTrial().Do(Deals.Company, new ForecastSales(Deals.Yuan(monthlyMinor))).Do(Deals.Company, new ConvertLicence()).Until("2025-06-03")
            .Do(Deals.Company, Deals.Report(1, Deals.Yuan(netMinor), []));
        Expect(below ? [RiskReasonKind.BelowForecast] : [], story);
        if (below)
        {
            var reason = ReportRisk.Of(story.State, RiskWeights.Current).Reasons.Single();
            Assert.Equal(["50002", "100005", "33335", "500000"], reason.Numbers.Select(n => n.Value));
            Assert.Equal((120, 1), (reason.Points, reason.Period));
            Assert.Contains("1,000.05 元（每月 333.35 元）", reason.Zh, StringComparison.Ordinal);
            Assert.Contains("CNY 1,000.05 (CNY 333.35 a month)", reason.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_forecast_of_months_counts_by_the_months_of_a_period()
    {
        var terms = Deals.Terms(new RunningRoyalty(50_000)) with { Reporting = new SalesReporting(PeriodMonths: 12, ReportDays: 30, PaymentDays: 30) };
        var story = AgreementStory.InTrialOn("2025-03-03", terms).Do(Deals.Company, new ForecastSales(Deals.Yuan(10_001))).Do(Deals.Company, new ConvertLicence()).Until("2026-03-03");
        // Half of 120 012 a year.
        Expect([], story.Copy().Do(Deals.Company, Deals.Report(1, Deals.Yuan(60_006), [])));
        Expect([RiskReasonKind.BelowForecast], story.Do(Deals.Company, Deals.Report(1, Deals.Yuan(60_005), [])));
    }

    [Fact]
    public void A_forecast_that_was_said_too_late_for_a_period_does_not_count_for_it()
    {
        // Said on the day on which the first period begins, it holds from the second on.
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Do(Deals.Company, new ForecastSales(Deals.Yuan(100_000))).Until("2025-06-03")
            .Do(Deals.Company, Deals.Report(1, Deals.Yuan(100_003), []));
        Expect([], story);

        // Lowered while the second runs: what had been said of it before still counts.
        story.Do(Deals.Company, new ForecastSales(Deals.Yuan(10_000))).Until("2025-09-03").Do(Deals.Company, Deals.Report(2, Deals.Yuan(100_007), []));
        Expect([RiskReasonKind.BelowForecast], story);
        story.Until("2025-12-03").Do(Deals.Company, Deals.Report(3, Deals.Yuan(100_009), []));
        Expect([], story);
    }

    [Fact]
    public void An_estimate_is_not_compared_with_a_forecast()
    {
        var story = InTrial().Do(Deals.Company, new ForecastSales(Deals.Yuan(1_000_000))).Do(Deals.Company, new ConvertLicence()).Until("2025-08-10")
            .Do(Deals.Administrator, new AssessSales(1, Deals.Yuan(1_003), "发票"));
        Expect([RiskReasonKind.LateReports], story);
        story.Do(Deals.Company, Deals.Correct(1, Deals.Yuan(1_003), [], "补报"));
        Expect([RiskReasonKind.BelowForecast, RiskReasonKind.LateReports], story);
    }

    [Theory]
    [InlineData(5, 133_340, true)] // the month: 33 334 of 100 003; a quarter of 133 340 is 33 335
    [InlineData(5, 133_336, false)] // a quarter is the month itself
    [InlineData(4, 999_999, false)] // too few to say anything
    public void Less_than_a_quarter_of_five_peers_is_low(int peers, long medianMinor, bool low)
    {
        var risk = ReportRisk.Of(Reported([100_003]).State, RiskWeights.Current, new PeerSales(peers, medianMinor));
        Assert.Equal(low ? [RiskReasonKind.BelowPeers] : [], risk.Reasons.Select(r => r.Kind));
    }

    [Theory]
    [InlineData(new long[] { 5 }, 5)]
    [InlineData(new long[] { 9, 1, 5 }, 5)]
    [InlineData(new long[] { 1, 2 }, 2)] // 1.5: to the even one
    [InlineData(new long[] { 2, 3 }, 2)] // 2.5
    [InlineData(new long[] { long.MaxValue, long.MaxValue }, long.MaxValue)]
    public void The_median_is_exact(long[] values, long median) => Assert.Equal(median, ReportRisk.Median(values));

    [Fact]
    public void Without_reports_there_is_no_doubt()
    {
        Assert.Equal(0, ReportRisk.Of(Agreement.None, RiskWeights.Current).Score);
        Expect([], Over());
        Expect([], AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()));
    }

    [Fact]
    public void The_score_is_the_sum_of_its_reasons_whatever_is_reported() => Gen.Select(Gen.Long[0, 300_000].Array[1, 8], Gen.Long[0, 300_000].Array[0, 4]).Sample((netMinor, invoices) =>
    {
        var story = Reported(netMinor, new TieredRoyalty([new(0, 50_000), new(400_000, 60_000)], TierMethod.Marginal, TierBase.Cumulative));
        for (var i = 0; i < invoices.Length; i++)
        {
            story.Do(Deals.Lab, Invoice($"{i}", "2025-03-03", invoices[i] + 1));
        }

        var risk = ReportRisk.Of(story.State, RiskWeights.Current, new PeerSales(7, 50_000));
        Assert.Equal(risk.Reasons.Sum(r => r.Points), risk.Score);
        Assert.InRange(risk.Score, 0, 1_000);
        Assert.Equal(risk.Reasons.Count, risk.Reasons.Select(r => r.Kind).Distinct().Count());
    }, iter: 100);

    private static void Expect(RiskReasonKind[] kinds, AgreementStory story) =>
        Assert.Equal(kinds, ReportRisk.Of(story.State, RiskWeights.Current).Reasons.Select(r => r.Kind).Order());

    private static RecordSalesEvidence Invoice(string number, string issuedOn, long amountMinor) => new(number, Deals.Day(issuedOn), Deals.Yuan(amountMinor), new string('a', 64));

    private static AgreementStory InTrial() => AgreementStory.InTrialOn("2025-03-03", Deals.Terms(new RunningRoyalty(50_000)));

    private static AgreementStory Over() => AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until("2025-06-03");

    /// <summary>Quarter by quarter, each on the day on which its period ends.</summary>
    private static AgreementStory Reported(long[] netMinor, params PaymentTrigger[] more)
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", [new RunningRoyalty(50_000), .. more]);
        for (var i = 0; i < netMinor.Length; i++)
        {
            story.Until(Deals.Day("2025-03-03").AddMonths(3 * (i + 1)).ToString("yyyy-MM-dd")).Do(Deals.Company, Deals.Report(i + 1, Deals.Yuan(netMinor[i]), []));
        }

        return story;
    }
}
