using Marketplace.Domain.Agreements;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>From the application to the end of the trial, with the deadlines of each step.</summary>
public sealed class TrialTests
{
    [Fact]
    public void The_way_from_application_to_trial()
    {
        var story = AgreementStory.StartsOn("2025-03-03").Apply(Deals.Terms(Deals.LumpSum()));
        Assert.Equal(Stage.Applied, story.State.Stage);

        story.Do(Deals.Lab, new AcceptApplication()).Do(Deals.Company, new ProposeTerms(Deals.Terms(Deals.LumpSum(90_000)), "略低"));
        Assert.Equal((2, Party.Company), (story.State.Proposals[^1].Version, story.State.AcceptedBy));

        story.Refused("terms-outdated", Deals.Lab, new AcceptTerms(1)).Do(Deals.Lab, new AcceptTerms(2));
        Assert.Equal(Stage.Agreed, story.State.Stage);

        story.Do(Deals.Company, new SignAgreement(story.State.DocumentHash!.ToUpperInvariant()))
            .Refused("already-signed", Deals.Company, new SignAgreement(story.State.DocumentHash!))
            .Refused("already-signed", Deals.Lab, new ProposeTerms(Deals.Terms(Deals.LumpSum()), null))
            .Refused("document-hash-differs", Deals.Lab, new SignAgreement(new string('0', 64)))
            .Do(Deals.Lab, new SignAgreement(story.State.DocumentHash!));
        Assert.Equal((Stage.Signed, Deals.Day("2025-03-03")), (story.State.Stage, story.State.EffectiveOn!.Value));

        story.Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料")).Do(Deals.Company, new AcceptDelivery());
        Assert.Equal((Stage.InTrial, Deals.Day("2026-03-03")), (story.State.Stage, story.State.TrialEndsOn!.Value));
        story.Replays();
    }

    [Fact]
    public void Filing_is_due_after_fifteen_working_days_and_late_filing_is_still_filing()
    {
        // 22 January 2025 is a Wednesday. Working days: 23, 24, 26 (made up), 27 January, then 5–8 February (8 made up), 10–14, 17, 18.
        var story = AgreementStory.StartsOn("2025-01-22").Apply(Deals.Terms(Deals.LumpSum())).Sign();
        Assert.Equal(Deals.Day("2025-02-18"), story.State.FilingDueOn);

        story.Until("2025-02-18");
        Assert.False(story.State.FilingMissed);

        story.Until("2025-02-19");
        Assert.True(story.State.FilingMissed);

        story.Do(Deals.Lab, new FileAgreement("津备-1"));
        Assert.Equal(Stage.Filed, story.State.Stage);
    }

    [Fact]
    public void Silence_for_fifteen_days_accepts_the_delivery_and_a_day_off_moves_the_deadline()
    {
        // 16 September 2025 + 15 days = 1 October, National Day; the next working day is Thursday, 9 October.
        var story = AgreementStory.StartsOn("2025-09-16").Apply(Deals.Terms(Deals.LumpSum())).Sign()
            .Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料"));
        Assert.Equal(Deals.Day("2025-10-09"), story.State.AcceptanceDueOn);

        story.Until("2025-10-09");
        Assert.Equal(Stage.Delivered, story.State.Stage);

        story.Until("2025-10-10");
        Assert.Equal((Stage.InTrial, Deals.Day("2025-10-10")), (story.State.Stage, story.State.TrialStartedOn!.Value));
        Assert.True(story.Last<DeliveryAccepted>().Deemed);
    }

    [Fact]
    public void An_acceptance_that_comes_after_the_silence_has_spoken_does_not_move_the_trial()
    {
        var story = AgreementStory.StartsOn("2025-03-03").Apply(Deals.Terms(Deals.LumpSum())).Sign()
            .Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料")).Sleep("2025-04-15");
        story.Refused("agreement-state", Deals.Company, new AcceptDelivery()).Wake();
        Assert.Equal(Deals.Day("2025-03-19"), story.State.TrialStartedOn); // due Tuesday the 18th
    }

    [Fact]
    public void Notices_come_60_30_and_7_days_before_the_end_and_the_right_lapses_with_the_last_day()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Until("2026-03-03");
        Assert.Equal(
            [(60, Deals.Day("2026-01-02")), (30, Deals.Day("2026-02-01")), (7, Deals.Day("2026-02-24"))],
            story.All<TrialEndNoticed>().Select(n => (n.DaysBefore, n.On)));
        Assert.Equal(Stage.DecisionDue, story.State.Stage);

        story.Until("2026-03-04");
        Assert.Equal(Stage.Expired, story.State.Stage);
        story.Refused("agreement-state", Deals.Company, new ConvertLicence()).Do(Deals.Lab, new CloseAgreement()).Replays();
    }

    [Fact]
    public void The_right_has_lapsed_after_the_last_day_even_if_no_alarm_clock_rang() =>
        AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Sleep("2026-03-04")
            .Refused("agreement-state", Deals.Company, new ConvertLicence());

    [Fact]
    public void On_its_last_day_the_trial_can_still_be_converted() =>
        Assert.Equal(Stage.Converted, AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Sleep("2026-03-03").Do(Deals.Company, new ConvertLicence()).State.Stage);

    [Fact]
    public void A_short_trial_has_only_the_notices_that_fit_into_it()
    {
        var story = AgreementStory.InTrialOn("2025-01-27", Deals.Terms(Deals.LumpSum()) with { TrialMonths = 1 }).Until("2025-02-27");
        Assert.Equal([(30, Deals.Day("2025-01-28")), (7, Deals.Day("2025-02-20"))], story.All<TrialEndNoticed>().Select(n => (n.DaysBefore, n.On)));
    }

    [Fact]
    public void A_trial_is_extended_once_by_at_most_six_months_and_the_notices_start_again()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum()) with { TrialMonths = 6 }).Until("2025-08-25")
            .Refused("out-of-range", Deals.Company, new RequestExtension(7, "试验未完"))
            .Refused("out-of-range", Deals.Company, new RequestExtension(0, "试验未完"))
            .Refused("extension-not-asked", Deals.Lab, new AnswerExtension(true, null))
            .Do(Deals.Company, new RequestExtension(6, "试验未完"))
            .Refused("extension-pending", Deals.Company, new RequestExtension(6, "试验未完"))
            .Refused("text-missing", Deals.Lab, new AnswerExtension(false, null))
            .Do(Deals.Lab, new AnswerExtension(true, null));
        Assert.Equal((Stage.Extended, Deals.Day("2026-03-03")), (story.State.Stage, story.State.TrialEndsOn!.Value));

        story.Until("2026-03-04").Refused("agreement-state", Deals.Company, new RequestExtension(1, "再试"));
        Assert.Equal([60, 30, 60, 30, 7], story.All<TrialEndNoticed>().Select(n => n.DaysBefore));
        Assert.Equal(Stage.Expired, story.State.Stage);
    }

    [Fact]
    public void An_extension_counts_from_the_first_day_of_the_trial_and_gives_no_notice_that_came_too_late()
    {
        // 31 January + 1 month = 28 February; + 2 months = 31 March, not 28 March.
        var story = AgreementStory.InTrialOn("2024-12-31", Deals.Terms(Deals.LumpSum()) with { TrialMonths = 2 });
        Assert.Equal(Deals.Day("2025-02-28"), story.State.TrialEndsOn);

        var before = story.Until("2025-02-25").All<TrialEndNoticed>().Count;
        story.Do(Deals.Company, new RequestExtension(1, "试验未完")).Do(Deals.Lab, new AnswerExtension(true, null));
        Assert.Equal(Deals.Day("2025-03-31"), story.State.TrialEndsOn);

        story.Until("2025-03-31");
        Assert.Equal([(30, Deals.Day("2025-03-01")), (7, Deals.Day("2025-03-24"))], story.All<TrialEndNoticed>().Skip(before).Select(n => (n.DaysBefore, n.On)));
    }

    [Fact]
    public void A_declined_extension_may_be_asked_again_and_an_extended_trial_may_not()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum()))
            .Do(Deals.Company, new RequestExtension(3, "试验未完")).Do(Deals.Lab, new AnswerExtension(false, "已够")).Do(Deals.Company, new RequestExtension(2, "试验未完"))
            .Do(Deals.Lab, new AnswerExtension(true, null));
        Assert.Equal(Deals.Day("2026-05-06"), story.State.TrialEndsOn); // 3 May 2026 is in the Labour Day holiday
        story.Refused("extended-once", Deals.Company, new RequestExtension(1, "再试"));
    }

    [Fact]
    public void A_return_costs_nothing_and_needs_both_papers()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Sleep("2025-06-03")
            .Refused("text-missing", Deals.Company, new ReturnResult("已停用", " "))
            .Do(Deals.Company, new ReturnResult("已停用", "已销毁"));
        Assert.Equal((Stage.Returned, 0), (story.State.Stage, story.State.Obligations.Count));
        story.Until("2027-01-01").Do(Deals.Administrator, new CloseAgreement());
        Assert.Equal(Stage.Closed, story.State.Stage);
    }

    [Fact]
    public void Who_is_said_to_use_it_already_cannot_return_it_before_that_is_settled()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())).Sleep("2025-06-03")
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-06-01"), "产品已上架"))
            .Refused("claim-open", Deals.Company, new ReturnResult("已停用", "已销毁"))
            .Do(Deals.Company, new ContestTrigger(0, "仅为样品"))
            .Refused("claim-open", Deals.Company, new ReturnResult("已停用", "已销毁"))
            .Do(Deals.Administrator, new DecideTrigger(0, false, "未产生收入"))
            .Do(Deals.Company, new ReturnResult("已停用", "已销毁"));
        Assert.Equal(Stage.Returned, story.State.Stage);
    }

    [Fact]
    public void A_contested_claim_keeps_the_trial_from_lapsing_until_it_is_decided()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.MassProduction())).Until("2026-03-02")
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2026-03-01"), "已投产")).Do(Deals.Company, new ContestTrigger(0, "试产")).Until("2026-04-20");
        Assert.Equal(Stage.DecisionDue, story.State.Stage);

        story.Do(Deals.Administrator, new DecideTrigger(0, false, "试产"));
        Assert.Equal((Stage.Expired, Deals.Day("2026-04-20")), (story.State.Stage, story.Last<TrialLapsed>().On));
    }

    [Fact]
    public void The_end_of_a_trial_beyond_the_known_calendar_moves_when_the_calendar_is_known()
    {
        var story = AgreementStory.InTrialOn("2026-02-09", Deals.Terms(Deals.LumpSum()));
        Assert.Equal(Deals.Day("2027-02-09"), story.State.TrialEndsOn);

        // As if the State Council had made 6–12 February 2027 the Spring Festival holiday, and Saturday the 13th a day off anyway.
        story.Reference = story.Reference with
        {
            Calendar = story.Reference.Calendar.Append([.. Enumerable.Range(6, 7).Select(d => new CalendarDay(new DateOnly(2027, 2, d), CalendarDayKind.Off, "Spring Festival"))]).Value,
        };
        story.Until("2027-02-09");
        Assert.Equal(Deals.Day("2027-02-15"), story.State.TrialEndsOn);
        Assert.Equal(
            [(60, Deals.Day("2026-12-17")), (30, Deals.Day("2027-01-16")), (7, Deals.Day("2027-02-08"))],
            story.All<TrialEndNoticed>().Select(n => (n.DaysBefore, n.On)));
        story.Until("2027-02-16");
        Assert.Equal(Stage.Expired, story.State.Stage);
    }
}
