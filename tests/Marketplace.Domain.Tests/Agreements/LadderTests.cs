using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>The enforcement ladder: each step on its very day, by whom, and what ends it.</summary>
public sealed class LadderTests
{
    [Fact]
    public void Each_step_is_taken_or_proposed_on_its_very_day()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-12-31");
        Assert.Equal(
            [
                (EnforcementStep.FirstReminder, Deals.Day("2026-02-01")),
                (EnforcementStep.SecondReminder, Deals.Day("2026-02-24")),
                (EnforcementStep.Due, Deals.Day("2026-03-03")),
                (EnforcementStep.Overdue, Deals.Day("2026-03-04")),
                (EnforcementStep.Demand, Deals.Day("2026-03-18")),
                (EnforcementStep.Hold, Deals.Day("2026-04-02")),
                (EnforcementStep.Mediation, Deals.Day("2026-04-17")),
            ],
            story.All<EnforcementStepTaken>().Select(s => (s.Step, s.On)));
        Assert.Equal(
            [
                (EnforcementStep.BreachNotice, Deals.Day("2026-05-02")),
                (EnforcementStep.Suspension, Deals.Day("2026-07-01")),
                (EnforcementStep.CreditRecord, Deals.Day("2026-07-31")),
            ],
            story.All<EnforcementStepProposed>().Select(s => (s.Step, s.On)));
        Assert.Equal(Stage.Overdue, story.State.Stage); // without approval nothing worse happens
        story.Replays();
    }

    [Fact]
    public void Terms_set_days_and_approvals_of_their_own()
    {
        LadderStep[] quick = [.. EnforcementLadder.Standard.Select(s => s with { Day = s.Day <= 1 ? s.Day : s.Day / 5 * 2, Approvals = 2 * s.Approvals })];
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()) with { Ladder = quick }).Until("2026-04-01");
        Assert.Equal( // 15 ÷ 5 × 2 = 6 days after 3 March, then 12, 18 and 24
            [(EnforcementStep.Demand, Deals.Day("2026-03-09")), (EnforcementStep.Hold, Deals.Day("2026-03-15")), (EnforcementStep.Mediation, Deals.Day("2026-03-21"))],
            story.All<EnforcementStepTaken>().Skip(4).Select(s => (s.Step, s.On)));
        Assert.Equal((EnforcementStep.BreachNotice, Deals.Day("2026-03-27")), (story.Last<EnforcementStepProposed>().Step, story.Last<EnforcementStepProposed>().On));

        story.Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice));
        Assert.Equal(Stage.Overdue, story.State.Stage);
        story.Do(Deals.SecondAdministrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice));
        Assert.Equal(Stage.Cure, story.State.Stage);
        story.Replays();
    }

    [Fact]
    public void One_person_approves_the_breach_notice_and_the_company_can_still_cure()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-05-01")
            .Refused("step-not-proposed", Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)).Until("2026-05-06")
            .Refused("person-needed", Actor.System, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice))
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice))
            .Refused("step-not-proposed", Deals.SecondAdministrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice));
        Assert.Equal((Stage.Cure, Deals.Day("2026-06-05")), (story.State.Stage, story.State.CureEndsOn!.Value));

        story.Until("2026-06-01").Pay(50_000);
        Assert.Equal(Stage.Cure, story.State.Stage);

        story.Until("2026-06-05").Pay(60_000);
        Assert.Equal(Stage.Settled, story.State.Stage);
        Assert.Single(story.All<DefaultRemedied>());
        Assert.Empty(story.All<EnforcementStepDropped>());
    }

    [Fact]
    public void After_the_cure_two_different_persons_terminate_once()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-05-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)).Until("2026-06-05");
        Assert.Equal(Stage.Cure, story.State.Stage);

        story.Until("2026-06-06");
        Assert.Equal(Stage.Breached, story.State.Stage);
        story.Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.Termination))
            .Refused("second-person-needed", Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.Termination));
        Assert.Equal(Stage.Breached, story.State.Stage);

        story.Do(Deals.SecondAdministrator, new ApproveEnforcementStep(1, EnforcementStep.Termination))
            .Refused("step-not-proposed", new Actor(ActorRole.Administrator, null, "third"), new ApproveEnforcementStep(1, EnforcementStep.Termination));
        Assert.Equal(["administrator", "second administrator"], Assert.Single(story.All<AgreementTerminated>()).ApprovedBy);
        story.Replays();
    }

    [Fact]
    public void A_breach_is_remedied_by_paying_everything_and_the_proposed_steps_fall()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(), Deals.MassProduction()).Until("2026-05-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)).Until("2026-06-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.Termination)).Pay(110_000);
        Assert.Equal(Stage.Converted, story.State.Stage); // the milestone may still come
        Assert.Equal([EnforcementStep.Termination], story.All<EnforcementStepDropped>().Select(s => s.Step));
        story.Refused("step-not-proposed", Deals.SecondAdministrator, new ApproveEnforcementStep(1, EnforcementStep.Termination));
    }

    [Fact]
    public void When_the_sum_that_was_to_end_it_is_paid_but_not_the_next_termination_is_proposed_for_the_next()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new Instalments(200_000, [new(12, 500_000), new(13, 500_000)])).Until("2026-05-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)).Until("2026-06-06");
        Assert.Contains(story.Owed(1).Proposed, p => p.Step == EnforcementStep.Termination);

        // The lab gives up the older sum: 1 000.00 and its interest.
        story.Do(Deals.Lab, new WaiveObligation(1, Deals.Yuan(100_000), "谅解"));
        story.Do(Deals.Lab, new WaiveObligation(1, Deals.Yuan(story.Owed(1).OutstandingMinor), "谅解"));
        Assert.Equal(Stage.Breached, story.State.Stage);
        Assert.Contains(story.Owed(2).Proposed, p => p.Step == EnforcementStep.Termination);
    }

    [Fact]
    public void After_termination_the_debt_and_its_interest_remain()
    {
        // Interest through the payment: 3 March to 2 July are 121 days: 1 000.00 × 121 × 4.5 % ÷ 365 = 14.92.
        var story = ReceiptTests.Terminated().Until("2026-07-02").Pay(200_000);
        Assert.Equal((1_492, 100_000), (story.Owed().Interest.AllocatedMinor, story.Owed().Principal.AllocatedMinor));
    }

    [Fact]
    public void Costs_are_charged_on_overdue_sums_only()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03")
            .Refused("not-overdue", Deals.Administrator, new ChargeEnforcementCost(1, Deals.Yuan(1), "公证费")).Until("2026-03-04")
            .Do(Deals.Administrator, new ChargeEnforcementCost(1, Deals.Yuan(5_000), "公证费")).Pay(105_012);
        Assert.Equal(Stage.Settled, story.State.Stage); // one day: 1 000.00 × 4.5 % ÷ 365 = 0.12
    }

    [Fact]
    public void A_second_default_climbs_the_ladder_again()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new Instalments(200_000, [new(6, 500_000), new(12, 500_000)]))
            .Until("2025-09-10").Pay(101_000).Until("2026-03-04");
        Assert.Equal((Stage.Overdue, 2), (story.State.Stage, story.All<ObligationBecameOverdue>().Count));
    }
}
