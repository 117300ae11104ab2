using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>A dispute stops the clock of the contested part, and of nothing else.</summary>
public sealed class DisputeTests
{
    private const long Million = 100_000_000;

    private static AgreementStory Due() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-03-03");

    private static OpenDispute Contest(long amountMinor) => new([new ContestedSum(1, amountMinor)], "数量不符");

    [Fact]
    public void While_all_of_a_sum_is_disputed_no_step_is_taken_and_no_interest_runs()
    {
        // Disputed on day 20, decided on day 70: fifty days stand still, so that the steps after day 20 come fifty days later.
        var story = Due().Until("2026-03-23").Do(Deals.Company, Contest(Million)).Until("2026-05-12");
        Assert.Equal((AgreementState.Disputed, Stage.Overdue), (story.State.State, story.State.Stage));
        Assert.Equal(EnforcementStep.Demand, story.Last<EnforcementStepTaken>().Step);

        story.Do(Deals.Administrator, new DecideDispute(1, [], "应付")).Until("2026-09-30");
        Assert.Equal(
            [(EnforcementStep.Hold, Deals.Day("2026-05-22")), (EnforcementStep.Mediation, Deals.Day("2026-06-06"))],
            story.All<EnforcementStepTaken>().Skip(5).Select(s => (s.Step, s.On)));
        Assert.Equal(Deals.Day("2026-06-21"), story.All<EnforcementStepProposed>()[0].On);

        // Due on 3 March; paid on 30 September, 211 days later, of which 50 do not count: 1 000 000 × 161 × 4.5 % ÷ 365 = 19 849.32.
        Assert.Equal(1_984_932, story.Pay(2 * Million).Owed().Interest.AllocatedMinor);
        story.Replays();
    }

    [Fact]
    public void Days_of_dispute_before_the_due_date_are_no_delay_of_the_ladder()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-02-02").Do(Deals.Lab, new InvoiceObligation(1))
            .Do(Deals.Company, Contest(Million)).Until("2026-02-20").Do(Deals.Administrator, new DecideDispute(1, [], "应付")).Until("2026-03-04");
        Assert.Equal((Stage.Overdue, 0), (story.State.Stage, story.Owed().FrozenDays));
    }

    [Fact]
    public void A_dispute_across_the_due_date_puts_the_breach_off_and_bears_no_interest_till_then()
    {
        // Due 3 March, decided 23 March: twenty days. Breach on the 24th; paid on 2 April, ten days: 1 000 000 × 10 × 4.5 % ÷ 365 = 1 232.88.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-02-02").Do(Deals.Lab, new InvoiceObligation(1))
            .Do(Deals.Company, Contest(Million)).Until("2026-03-23").Do(Deals.Administrator, new DecideDispute(1, [], "应付"));
        Assert.Equal(Stage.Converted, story.State.Stage);
        story.Until("2026-03-24");
        Assert.Equal(Stage.Overdue, story.State.Stage);
        Assert.Equal(123_288, story.Until("2026-04-02").Pay(2 * Million).Owed().Interest.AllocatedMinor);
    }

    [Fact]
    public void The_uncontested_rest_stays_payable_and_bears_interest_alone()
    {
        // 400 000 contested on the due date; the rest paid on 2 April, 30 days late: 600 000 × 30 × 4.5 % ÷ 365 = 2 219.18.
        var story = Due().Do(Deals.Company, Contest(40_000_000)).Until("2026-04-02").Pay(60_221_918);
        Assert.Equal((221_918, 60_000_000, 0), (story.Owed().Interest.AllocatedMinor, story.Owed().Principal.AllocatedMinor, story.State.Receipts[0].UnappliedMinor));
        Assert.Equal(Deals.Day("2026-04-02"), story.Owed().FrozenSince);

        // From then on all that is open is disputed: the ladder, which had come to day 30, waits.
        story.Until("2026-06-01").Do(Deals.Administrator, new DecideDispute(1, [], "应付"));
        Assert.Equal((60, EnforcementStep.Hold), (story.Owed().FrozenDays, story.Last<EnforcementStepTaken>().Step));
        Assert.Equal(EnforcementStep.Mediation, story.Until("2026-06-16").Last<EnforcementStepTaken>().Step); // day 45 + 60
    }

    [Fact]
    public void Money_does_not_pay_what_is_contested_but_waits_for_the_decision()
    {
        var story = Due().Do(Deals.Company, Contest(Million)).Pay(Million);
        Assert.Equal((ObligationStatus.Due, -Million), (story.Owed().Status, story.Balance(ChartOfAccounts.Unapplied)));

        story.Until("2026-04-01").Do(Deals.Administrator, new DecideDispute(1, [new ContestedSum(1, 30_000_000)], "部分不欠"));
        Assert.Equal((Stage.Settled, -30_000_000), (story.State.Stage, story.Balance(ChartOfAccounts.Unapplied)));
        Assert.Equal((70_000_000, 30_000_000), (story.Owed().Principal.AllocatedMinor, story.Owed().Principal.WaivedMinor));
    }

    [Fact]
    public void What_was_never_owed_bore_no_interest()
    {
        // Day 30: 1 000 000 × 30 × 4.5 % ÷ 365 = 3 698.63. Of it 400 000 were not owed: 600 000 × 30 × 4.5 % ÷ 365 = 2 219.18 remain.
        var story = Due().Until("2026-04-02").Do(Deals.Company, Contest(40_000_000));
        Assert.Equal(369_863, story.Owed().Interest.OutstandingMinor);
        story.Do(Deals.Administrator, new DecideDispute(1, [new ContestedSum(1, 40_000_000)], "不欠"));
        Assert.Equal((221_918, 60_000_000), (story.Owed().Interest.OutstandingMinor, story.Owed().Principal.OutstandingMinor));
    }

    [Fact]
    public void A_sum_that_was_not_owed_at_all_ends_the_default()
    {
        var story = Due().Until("2026-04-02").Do(Deals.Company, Contest(Million)).Until("2026-05-06").Do(Deals.Administrator, new DecideDispute(1, [new ContestedSum(1, Million)], "不欠"));
        Assert.Equal((Stage.Settled, 0), (story.State.Stage, story.Owed().OutstandingMinor));
    }

    [Fact]
    public void No_step_is_approved_while_the_sum_is_disputed()
    {
        var story = Due().Until("2026-05-06").Do(Deals.Company, Contest(Million))
            .Refused("sum-disputed", Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice))
            .Do(Deals.Administrator, new DecideDispute(1, [], "应付")).Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice));
        Assert.Equal(Stage.Cure, story.State.Stage);
    }

    [Fact]
    public void The_cure_period_stands_still_while_there_is_nothing_to_cure()
    {
        // Cure from 6 May to 5 June; disputed on 16 May, decided on 25 June: forty days, so it ends on 15 July.
        var story = Due().Until("2026-05-06").Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)).Until("2026-05-16")
            .Do(Deals.Company, Contest(Million)).Until("2026-06-25");
        Assert.Equal(Stage.Cure, story.State.Stage);

        story.Do(Deals.Administrator, new DecideDispute(1, [], "应付"));
        Assert.Equal((40, Deals.Day("2026-07-15")), (story.Last<CureExtended>().Days, story.State.CureEndsOn!.Value));
        Assert.Equal(Stage.Cure, story.Until("2026-07-15").State.Stage);
        Assert.Equal(Stage.Breached, story.Until("2026-07-16").State.Stage);
        story.Replays();
    }

    [Fact]
    public void Only_what_is_invoiced_open_and_not_yet_disputed_can_be_contested()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Refused("not-contestable", Deals.Company, Contest(1)).Until("2026-03-03")
            .Refused("contested-out-of-range", Deals.Company, Contest(Million + 1))
            .Refused("contested-out-of-range", Deals.Company, Contest(0))
            .Refused("contested-missing", Deals.Company, new OpenDispute([], "无"))
            .Refused("contested-twice", Deals.Company, new OpenDispute([new ContestedSum(1, 1), new ContestedSum(1, 1)], "重复"))
            .Refused("obligation-unknown", Deals.Company, new OpenDispute([new ContestedSum(2, 1)], "无"))
            .Do(Deals.Company, Contest(10)).Refused("not-contestable", Deals.Lab, Contest(10))
            .Refused("not-owed-out-of-range", Deals.Administrator, new DecideDispute(1, [new ContestedSum(1, 11)], "多"))
            .Refused("not-owed-out-of-range", Deals.Administrator, new DecideDispute(1, [new ContestedSum(2, 1)], "别"))
            .Refused("dispute-not-open", Deals.Administrator, new DecideDispute(2, [], "无"))
            .Refused("person-needed", Actor.System, new DecideDispute(1, [], "自动"))
            .Do(Deals.Administrator, new DecideDispute(1, [], "应付"))
            .Refused("dispute-not-open", Deals.Administrator, new DecideDispute(1, [], "再判"));
        Assert.Equal(AgreementState.Converted, story.State.State);
    }
}
