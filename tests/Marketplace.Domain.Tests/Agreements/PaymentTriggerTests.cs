using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What each payment trigger makes fall due, how much of it and when. Amounts are worked out by hand in the comments.</summary>
public sealed class PaymentTriggerTests
{
    private static readonly IReadOnlyList<SalesDeduction> NoDeductions = [];

    [Fact]
    public void EARLIER_without_income_a_lump_sum_is_due_a_year_after_effect()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Until("2025-09-03").Do(Deals.Company, new ConvertLicence());
        Assert.Equal((Deals.Day("2026-03-03"), 100_000), (story.Owed().DueOn, story.Owed().Principal.ChargedMinor));

        story.Until("2026-03-03").Pay(100_000);
        Assert.Equal((Stage.Settled, ObligationStatus.Paid), (story.State.Stage, story.Owed().Status));
        Assert.Equal(
            [(EnforcementStep.FirstReminder, Deals.Day("2026-02-01")), (EnforcementStep.SecondReminder, Deals.Day("2026-02-24")), (EnforcementStep.Due, Deals.Day("2026-03-03"))],
            story.All<EnforcementStepTaken>().Select(s => (s.Step, s.On)));
        story.Replays();
    }

    [Fact]
    public void EARLIER_a_trial_that_outlasts_the_date_makes_the_sum_due_at_conversion()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum(months: 6))).Until("2026-01-12").Do(Deals.Company, new ConvertLicence());
        Assert.Equal((Deals.Day("2026-01-12"), ObligationStatus.Due), (story.Owed().DueOn, story.Owed().Status));
        Assert.DoesNotContain(story.All<EnforcementStepTaken>(), s => s.Step < EnforcementStep.Due);
    }

    [Fact]
    public void EARLIER_income_in_the_trial_converts_the_licence_and_is_due_when_silence_has_confirmed_it()
    {
        // Claimed on Tuesday 3 June, contestable through Wednesday the 18th, confirmed when that day is over.
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Until("2025-06-03")
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-05-20"), "发票")).Until("2025-06-18");
        Assert.Equal(Stage.InTrial, story.State.Stage);

        story.Until("2025-06-19");
        Assert.Equal(Deals.Day("2025-06-19"), story.State.ConvertedOn);
        Assert.Equal((Deals.Day("2025-06-19"), ObligationStatus.Due), (story.Owed().DueOn, story.Owed().Status));
    }

    [Fact]
    public void EARLIER_income_after_conversion_brings_the_sum_forward_even_if_it_was_invoiced_already()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Do(Deals.Lab, new InvoiceObligation(1)).Until("2025-06-03")
            .Do(Deals.Company, new ClaimTrigger(0, Deals.Day("2025-06-01"), "首单")).Do(Deals.Lab, new ContestTrigger(0, "更早")).Until("2025-07-01")
            .Do(Deals.Administrator, new DecideTrigger(0, true, "以首单为准"));
        Assert.Equal(Deals.Day("2025-07-01"), story.Owed().DueOn);
        story.Until("2025-07-02");
        Assert.Equal(Stage.Overdue, story.State.Stage);
        Assert.Single(story.All<ObligationInvoiced>());
    }

    [Fact]
    public void EARLIER_income_after_the_due_date_changes_nothing()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(months: 1)).Until("2025-06-03")
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-06-01"), "发票")).Until("2025-07-01");
        Assert.Equal(Deals.Day("2025-04-03"), story.Owed().DueOn);
        Assert.Empty(story.All<ObligationRescheduled>());
    }

    [Theory]
    [InlineData("2025-06-03", "2026-03-03")] // income first: the date decides
    [InlineData("2026-04-20", "2026-05-07")] // date first: silence confirms the income after 5 May, a holiday, so after the 6th
    public void LATER_the_sum_is_due_at_the_later_of_date_and_income(string claimedOn, string dueOn)
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(rule: PayDateRule.Later)).Until(claimedOn);
        Assert.Empty(story.State.Obligations);

        story.Do(Deals.Lab, new ClaimTrigger(0, Deals.Day(claimedOn), "发票")).Until("2026-05-08");
        Assert.Equal(Deals.Day(dueOn), story.Owed().DueOn);
    }

    [Fact]
    public void LATER_without_income_nothing_is_ever_due_and_the_licence_ends_settled()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(rule: PayDateRule.Later)).Until("2028-03-02");
        Assert.Equal(Stage.Converted, story.State.Stage);
        story.Until("2028-03-03");
        Assert.Equal((Stage.Settled, 0), (story.State.Stage, story.State.Obligations.Count));
    }

    [Fact]
    public void LATER_the_companys_own_sales_report_is_income_that_nobody_needs_to_claim()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(rule: PayDateRule.Later), new RunningRoyalty(50_000))
            .Until("2025-06-03").Do(Deals.Company, Deals.Report(1, Deals.Yuan(0), NoDeductions));
        Assert.Empty(story.State.Obligations);

        story.Until("2025-09-03").Do(Deals.Company, Deals.Report(2, Deals.Yuan(1_000_000), NoDeductions));
        Assert.Equal(
            [(ObligationKind.Royalty, 50_000), (ObligationKind.LumpSum, 100_000)],
            story.State.Obligations.Select(o => (o.Kind, o.Principal.ChargedMinor)));
        Assert.Equal(Deals.Day("2026-03-03"), story.Owed(2).DueOn);
    }

    [Fact]
    public void Instalments_clamp_to_month_ends_move_off_holidays_and_leave_the_residual_fen_in_the_last()
    {
        // 1 000.00 in thirds: 333.33 + 333.33 + 333.34. From 31 August 2025, a Sunday: Monday the 1st; + 6 months is 28 February 2026,
        // a Saturday that is worked; + 12 months is Monday 31 August 2026, counted from the 31st and not from the 28th.
        var story = AgreementStory.ConvertedOn("2025-08-31", new Instalments(100_000, [new(0, 333_333), new(6, 333_333), new(12, 333_334)]));
        Assert.Equal(
            [(33_333, Deals.Day("2025-08-31"), Deals.Day("2025-09-01")), (33_333, Deals.Day("2026-02-28"), Deals.Day("2026-02-28")), (33_334, Deals.Day("2026-08-31"), Deals.Day("2026-08-31"))],
            story.State.Obligations.Select(o => (o.Principal.ChargedMinor, o.NominalDueOn, o.DueOn)));
    }

    [Fact]
    public void Instalments_too_small_to_split_still_sum_to_the_total()
    {
        // 1 fen in halves: 0.5 rounds to the even 0, the last part takes it all, and a part of nothing is not owed.
        var story = AgreementStory.ConvertedOn("2025-03-03", new Instalments(1, [new(0, 500_000), new(6, 500_000)]));
        Assert.Equal([1L], story.State.Obligations.Select(o => o.Principal.ChargedMinor));
    }

    [Fact]
    public void From_a_leap_day_years_end_on_the_28th_and_come_back_to_the_29th()
    {
        var story = AgreementStory.ConvertedOn("2024-02-29", Deals.Terms(new Instalments(400, [new(12, 250_000), new(24, 250_000), new(36, 250_000), new(48, 250_000)])) with { CommercialMonths = 60 });
        Assert.Equal(
            [Deals.Day("2025-02-28"), Deals.Day("2026-02-28"), Deals.Day("2027-03-01"), Deals.Day("2028-02-29")], // 28 February 2027 is a Sunday
            story.State.Obligations.Select(o => o.DueOn));
        Assert.Equal([false, false, true, true], story.State.Obligations.Select(o => o.BeyondCalendar));
    }

    [Fact]
    public void A_due_date_beyond_the_calendar_is_set_again_when_the_calendar_is_known_and_reminders_follow_it()
    {
        var story = AgreementStory.ConvertedOn("2026-02-09", Deals.LumpSum());
        Assert.Equal((Deals.Day("2027-02-09"), true), (story.Owed().DueOn, story.Owed().BeyondCalendar));

        story.Until("2026-12-01");
        story.Reference = story.Reference with
        {
            Calendar = story.Reference.Calendar.Append([.. Enumerable.Range(6, 7).Select(d => new CalendarDay(new DateOnly(2027, 2, d), CalendarDayKind.Off, "Spring Festival"))]).Value,
        };
        story.Until("2027-02-14");
        Assert.Equal((Deals.Day("2027-02-15"), Deals.Day("2027-02-09"), false), (story.Owed().DueOn, story.Owed().NominalDueOn, story.Owed().BeyondCalendar));
        Assert.Equal(ObligationStatus.Planned, story.Owed().Status);
        Assert.Equal([Deals.Day("2027-01-16"), Deals.Day("2027-02-08")], story.All<EnforcementStepTaken>().Select(s => s.On));

        story.Until("2027-02-15");
        Assert.Equal(ObligationStatus.Due, story.Owed().Status);
    }

    [Fact]
    public void A_made_up_working_day_that_becomes_known_brings_a_due_date_forward_but_never_into_the_past()
    {
        // Saturday 20 February 2027 was expected to be free, so the date was Monday the 22nd.
        var story = AgreementStory.ConvertedOn("2026-02-20", Deals.LumpSum());
        Assert.Equal(Deals.Day("2027-02-22"), story.Owed().DueOn);
        var worked = story.Reference.Calendar.Append([new CalendarDay(Deals.Day("2027-02-20"), CalendarDayKind.Work, "made-up working day")]).Value;

        var told = AgreementStory.ConvertedOn("2026-02-20", Deals.LumpSum()).Until("2027-02-21");
        told.Reference = told.Reference with { Calendar = worked };
        Assert.Equal(Deals.Day("2027-02-22"), told.Until("2027-02-22").Owed().DueOn);

        story.Reference = story.Reference with { Calendar = worked };
        Assert.Equal(Deals.Day("2027-02-20"), story.Until("2027-02-20").Owed().DueOn);
        Assert.Equal(ObligationStatus.Due, story.Owed().Status);
    }

    [Fact]
    public void A_milestone_is_due_days_after_silence_confirmed_it_and_only_once()
    {
        // Claimed on Monday 14 April 2025; 15 days later is Tuesday the 29th; confirmed on the 30th; 30 days later is Friday 30 May.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.MassProduction()).Until("2025-04-14")
            .Do(Deals.Company, new ClaimTrigger(0, Deals.Day("2025-04-10"), "投产报告"))
            .Refused("own-claim", Deals.Company, new ContestTrigger(0, "撤回"))
            .Refused("trigger-claimed", Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-04-10"), "投产报告"))
            .Until("2025-04-29");
        Assert.Empty(story.State.Obligations);

        story.Until("2025-04-30");
        Assert.Equal((ObligationKind.Milestone, 500_000, Deals.Day("2025-05-30")), (story.Owed().Kind, story.Owed().Principal.ChargedMinor, story.Owed().DueOn));
        story.Refused("trigger-claimed", Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-04-10"), "投产报告"))
            .Refused("claim-not-open", Deals.Lab, new ContestTrigger(0, "太迟"));
    }

    [Fact]
    public void The_window_to_contest_closes_by_the_date_and_not_by_the_alarm_clock() =>
        AgreementStory.ConvertedOn("2025-03-03", Deals.MassProduction()).Until("2025-04-14")
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-04-10"), "投产报告")).Sleep("2025-04-30")
            .Refused("claim-not-open", Deals.Company, new ContestTrigger(0, "试产"));

    [Fact]
    public void A_contested_milestone_waits_for_a_decision_and_a_rejected_one_can_be_claimed_again()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.MassProduction()).Until("2025-04-14")
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-04-10"), "传闻")).Do(Deals.Company, new ContestTrigger(0, "试产")).Until("2025-06-16");
        Assert.Equal(ClaimStatus.Contested, story.State.Claims[0].Status);
        story.Refused("person-needed", Actor.System, new DecideTrigger(0, true, "自动"))
            .Do(Deals.Administrator, new DecideTrigger(0, false, "未投产"))
            .Refused("claim-not-contested", Deals.Administrator, new DecideTrigger(0, true, "改判"));

        story.Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-06-15"), "投产报告")).Do(Deals.Company, new ContestTrigger(0, "试产")).Until("2025-07-01")
            .Do(Deals.Administrator, new DecideTrigger(0, true, "已投产"));
        Assert.Equal(Deals.Day("2025-07-31"), story.Owed().DueOn);
    }

    [Theory]
    [InlineData("2025-04-15")] // tomorrow
    [InlineData("2025-03-02")] // before the trial
    public void A_milestone_cannot_have_happened_in_the_future_or_before_the_trial(string occurredOn) =>
        AgreementStory.ConvertedOn("2025-03-03", Deals.MassProduction()).Until("2025-04-14")
            .Refused("dates-out-of-order", Deals.Lab, new ClaimTrigger(0, Deals.Day(occurredOn), "投产报告"));

    [Fact]
    public void A_milestone_of_sales_is_reached_by_the_reports_themselves()
    {
        var million = new Milestone(MilestoneKind.CumulativeNetSales, "销售报告", 300_000, 10, CumulativeNetSalesMinor: 100_000_000);
        var story = AgreementStory.ConvertedOn("2025-03-03", million).Until("2025-06-03")
            .Do(Deals.Company, Deals.Report(1, Deals.Yuan(99_999_999), NoDeductions));
        Assert.Empty(story.State.Obligations);

        story.Until("2025-09-10").Do(Deals.Company, Deals.Report(2, Deals.Yuan(1), NoDeductions));
        Assert.Equal((300_000, Deals.Day("2025-09-22")), (story.Owed().Principal.ChargedMinor, story.Owed().DueOn)); // 20 September is a Saturday
        story.Until("2025-12-03").Do(Deals.Company, Deals.Report(3, Deals.Yuan(100_000_000), NoDeductions));
        Assert.Single(story.State.Obligations);
    }

    [Theory]
    [InlineData(100_000_000, 1_234_567, 50_000, 4_938_272)] // 98 765 433 × 5 % = 4 938 271.65
    [InlineData(10, 0, 50_000, 0)]  // 0.5: to the even 0, so nothing is owed
    [InlineData(30, 0, 50_000, 2)]  // 1.5: to the even 2
    [InlineData(50, 0, 50_000, 2)]  // 2.5: to the even 2
    [InlineData(0, 0, 50_000, 0)]
    public void A_running_royalty_is_rate_times_net_sales_rounded_once(long grossMinor, long deductedMinor, long ratePpm, long royaltyMinor)
    {
        SalesDeduction[] deductions = deductedMinor == 0 ? [] : [new SalesDeduction("退货", deductedMinor)];
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(ratePpm)).Until("2025-06-10")
            .Do(Deals.Company, Deals.Report(1, Deals.Yuan(grossMinor), deductions));
        Assert.Equal(royaltyMinor, story.State.Obligations.Sum(o => o.Principal.ChargedMinor));
        if (royaltyMinor > 0)
        {
            Assert.Equal((Deals.Day("2025-08-02"), Deals.Day("2025-08-04")), (story.Owed().NominalDueOn, story.Owed().DueOn)); // 3 June + 30 + 30 days is a Saturday
        }
    }

    [Fact]
    public void Every_period_is_reported_once_in_order_after_its_end_and_also_without_sales()
    {
        var story = AgreementStory.ConvertedOn("2025-03-31", Deals.Terms(new RunningRoyalty(50_000)) with { CommercialMonths = 6 })
            .Until("2025-06-29").Refused("period-running", Deals.Company, Deals.Report(1, Deals.Yuan(0), NoDeductions))
            .Until("2025-06-30").Refused("period-wrong", Deals.Company, Deals.Report(2, Deals.Yuan(0), NoDeductions))
            .Do(Deals.Company, Deals.Report(1, Deals.Yuan(0), NoDeductions)).Refused("period-wrong", Deals.Company, Deals.Report(1, Deals.Yuan(0), NoDeductions))
            .Until("2025-09-30");
        Assert.Equal(Stage.Converted, story.State.Stage);

        // The second period runs from the clamped 30 June to 30 September; its report was due on 30 October.
        story.Until("2025-10-31");
        Assert.Equal([(2, SalesReportReminder.Missing)], story.All<SalesReportReminded>().Select(r => (r.Period, r.Reminder)));
        story.Until("2025-11-14");
        Assert.Equal(SalesReportReminder.Demanded, story.Last<SalesReportReminded>().Reminder);

        story.Do(Deals.Company, Deals.Report(2, Deals.Yuan(0), NoDeductions));
        Assert.Equal([("2025-03-31", "2025-06-30"), ("2025-06-30", "2025-09-30")], story.State.Reports.Select(r => ($"{r.From:yyyy-MM-dd}", $"{r.To:yyyy-MM-dd}")));
        Assert.Equal(Stage.Settled, story.State.Stage);
        story.Refused("no-period", Deals.Company, Deals.Report(3, Deals.Yuan(0), NoDeductions));
    }

    [Fact]
    public void A_late_report_is_paid_at_once()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until("2025-11-03")
            .Do(Deals.Company, Deals.Report(1, Deals.Yuan(100_000), NoDeductions));
        Assert.Equal((Deals.Day("2025-11-03"), ObligationStatus.Due), (story.Owed().DueOn, story.Owed().Status));
    }

    // Tiers from 0, 1 000 000.00 and 5 000 000.00; sales of 800 000.00, then 1 500 000.00.
    [Theory]
    // 3 %, 2 %, 1 %: 800 000 × 3 % = 24 000. 1 000 000 × 3 % + 500 000 × 2 % = 40 000.
    [InlineData(TierMethod.Marginal, TierBase.PerPeriod, false, 2_400_000, 4_000_000)]
    // R(800 000) = 24 000. R(2 300 000) = 1 000 000 × 3 % + 1 300 000 × 2 % = 56 000, less 24 000.
    [InlineData(TierMethod.Marginal, TierBase.Cumulative, false, 2_400_000, 3_200_000)]
    // 800 000 × 3 % = 24 000. 1 500 000 × 2 % = 30 000.
    [InlineData(TierMethod.WholeAmount, TierBase.PerPeriod, false, 2_400_000, 3_000_000)]
    // 1 %, 2 %, 3 %: R(800 000) = 8 000. R(2 300 000) = 2 300 000 × 2 % = 46 000, less 8 000.
    [InlineData(TierMethod.WholeAmount, TierBase.Cumulative, true, 800_000, 3_800_000)]
    public void Tiers_apply_as_declared(TierMethod method, TierBase tierBase, bool rising, long firstMinor, long secondMinor)
    {
        IReadOnlyList<RoyaltyTier> tiers = rising
            ? [new(0, 10_000), new(100_000_000, 20_000), new(500_000_000, 30_000)]
            : [new(0, 30_000), new(100_000_000, 20_000), new(500_000_000, 10_000)];
        var story = AgreementStory.ConvertedOn("2025-03-03", new TieredRoyalty(tiers, method, tierBase))
            .Until("2025-06-10").Do(Deals.Company, Deals.Report(1, Deals.Yuan(80_000_000), NoDeductions))
            .Until("2025-09-10").Do(Deals.Company, Deals.Report(2, Deals.Yuan(150_000_000), NoDeductions));
        Assert.Equal([firstMinor, secondMinor], story.State.Obligations.Select(o => o.Principal.ChargedMinor));
    }

    [Fact]
    public void Whole_amounts_reach_a_tier_with_its_first_fen()
    {
        var royalty = new TieredRoyalty([new(0, 30_000), new(100_000_000, 20_000)], TierMethod.WholeAmount, TierBase.PerPeriod);
        Assert.Equal(3_000_000, Royalty.Tiered(royalty, 99_999_999, 0)); // 2 999 999.97
        Assert.Equal(2_000_000, Royalty.Tiered(royalty, 100_000_000, 0));
    }

    [Fact]
    public void A_year_whose_royalties_stay_below_the_minimum_is_topped_up_and_the_next_year_starts_anew()
    {
        // Minimum 50 000.00 a year at 5 %. Year 1: 300 000 + 0 + 200 000 + 100 000 → 15 000 + 0 + 10 000 + 5 000 = 30 000, so 20 000 more.
        // Year 2: 4 × 300 000 → 60 000, so nothing more.
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000), new MinimumAnnualRoyalty(5_000_000));
        var salesMinor = new long[] { 30_000_000, 0, 20_000_000, 10_000_000, 30_000_000, 30_000_000, 30_000_000, 30_000_000 };
        for (var i = 0; i < salesMinor.Length; i++)
        {
            story.Until(Deals.Day("2025-03-03").AddMonths(3 * (i + 1)).ToString("yyyy-MM-dd")).Do(Deals.Company, Deals.Report(i + 1, Deals.Yuan(salesMinor[i]), NoDeductions));
        }

        var minimum = Assert.Single(story.State.Obligations, o => o.Kind == ObligationKind.MinimumRoyalty);
        Assert.Equal((2_000_000, 4), (minimum.Principal.ChargedMinor, minimum.Period!.Value));
        Assert.Equal(9_000_000, story.State.Obligations.Where(o => o.Kind == ObligationKind.Royalty).Sum(o => o.Principal.ChargedMinor));
        story.Replays();
    }

    [Theory]
    [InlineData(-1, "amount-out-of-range")]
    [InlineData(long.MaxValue, "amount-out-of-range")]
    [InlineData(99, "deductions-exceed-sales")]
    public void Impossible_sales_are_refused(long grossMinor, string code) =>
        AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until("2025-06-10")
            .Refused(code, Deals.Company, Deals.Report(1, Deals.Yuan(grossMinor), [new SalesDeduction("退货", 60), new SalesDeduction("运费", 40)]))
            .Refused("currency-differs", Deals.Company, Deals.Report(1, new Money(100, Currency.Parse("USD").Value), NoDeductions));

    [Fact]
    public void A_milestone_after_the_end_of_the_licence_is_none()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.MassProduction(), Deals.LumpSum()) with { CommercialMonths = 12 }).Until("2026-05-11");
        story.Refused("dates-out-of-order", Deals.Lab, new ClaimTrigger(0, Deals.Day("2026-03-03"), "投产报告"))
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2026-03-02"), "投产报告"));
    }
}
