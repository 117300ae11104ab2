using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Money that arrives, and where it goes: allocation, fee, inventors, payouts, refunds.</summary>
public sealed class ReceiptTests
{
    private static readonly DateTimeOffset Later = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_receipt_pays_costs_then_interest_then_principal_and_the_oldest_first()
    {
        // Two sums of 100 000.00, due on 3 and 17 March 2026. On 1 April they are 29 and 15 days late:
        // 100 000 × 29 × 4.5 % ÷ 365 = 357.53 and 100 000 × 15 × 4.5 % ÷ 365 = 184.93. Costs of 50.00 on the younger.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(10_000_000), Deals.MassProduction(10_000_000)).Until("2026-01-30")
            .Do(Deals.Lab, new ClaimTrigger(1, Deals.Day("2026-01-29"), "投产报告")).Until("2026-04-01");
        Assert.Equal([Deals.Day("2026-03-03"), Deals.Day("2026-03-17")], story.State.Obligations.Select(o => o.DueOn));
        story.Do(Deals.Administrator, new ChargeEnforcementCost(2, Deals.Yuan(5_000), "公证费")).Pay(10_100_000);

        Assert.Equal(
            [
                new AllocationLine(2, ObligationComponent.Costs, 5_000),
                new AllocationLine(1, ObligationComponent.Interest, 35_753),
                new AllocationLine(2, ObligationComponent.Interest, 18_493),
                new AllocationLine(1, ObligationComponent.Principal, 10_000_000),
                new AllocationLine(2, ObligationComponent.Principal, 40_754),
            ],
            story.Last<ReceiptAllocated>().Lines);
    }

    [Fact]
    public void Early_money_is_unapplied_until_the_sum_is_invoiced()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2025-06-03").Pay(150_000);
        Assert.Equal((-150_000, ObligationStatus.Planned), (story.Balance(ChartOfAccounts.Unapplied), story.Owed().Status));

        story.Until("2026-03-03");
        Assert.Equal((-50_000, ObligationStatus.Paid), (story.Balance(ChartOfAccounts.Unapplied), story.Owed().Status));
        Assert.Equal(Stage.Settled, story.State.Stage);
    }

    [Fact]
    public void The_lab_may_invoice_early_and_is_paid_early()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Do(Deals.Lab, new InvoiceObligation(1)).Refused("already-invoiced", Deals.Lab, new InvoiceObligation(1)).Pay(100_000);
        Assert.Equal(Stage.Settled, story.State.Stage);
        story.Until("2027-01-01");
        Assert.DoesNotContain(story.Events, e => e is ObligationBecameOverdue);
    }

    [Fact]
    public void Late_money_still_settles_whatever_has_become_of_the_agreement()
    {
        var story = Terminated();
        story.Pay(200_000);
        Assert.Equal((Stage.Terminated, ObligationStatus.Paid), (story.State.Stage, story.Owed().Status));
        Assert.True(story.State.Receipts[0].UnappliedMinor > 0);
    }

    [Fact]
    public void Money_is_recorded_in_every_stage()
    {
        var story = AgreementStory.StartsOn("2025-03-03").Apply(Deals.Terms(Deals.LumpSum())).Pay(1);
        story.Do(Deals.Lab, new DeclineApplication("不符")).Pay(2);
        Assert.Equal(-3, story.Balance(ChartOfAccounts.Unapplied));
    }

    [Fact]
    public void The_same_line_counts_once_and_the_future_and_nothing_are_no_receipts()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Pay(10);
        story.Refused("receipt-recorded", Deals.Administrator, new RecordReceipt("bank", "line 1", Deals.Yuan(10), story.Today))
            .Refused("dates-out-of-order", Deals.Administrator, new RecordReceipt("bank", "line 2", Deals.Yuan(10), story.Today.AddDays(1)))
            .Refused("amount-not-positive", Deals.Administrator, new RecordReceipt("bank", "line 2", Deals.Yuan(0), story.Today))
            .Refused("amount-out-of-range", Deals.Administrator, new RecordReceipt("bank", "line 2", Deals.Yuan(long.MaxValue), story.Today))
            .Refused("currency-missing", Deals.Administrator, new RecordReceipt("bank", "line 2", new Money(5, default), story.Today));
    }

    [Fact]
    public void Another_currency_stays_unapplied_and_goes_back()
    {
        var dollars = new Money(100_000, Currency.Parse("USD").Value);
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Do(Deals.Administrator, new RecordReceipt("bank", "usd", dollars, Deals.Day("2026-03-03")));
        Assert.Equal((ObligationStatus.Due, 100_000), (story.Owed().Status, story.State.Receipts[0].UnappliedMinor));

        story.Refused("refund-exceeds-unapplied", Deals.Administrator, new RefundUnapplied(1, Deals.Yuan(1), "sandbox", "acct"))
            .Do(Deals.Administrator, new RefundUnapplied(1, dollars, "sandbox", "acct"))
            .Do(Actor.System, new RecordPaymentOutcome(story.State.Intents[0].Id, IntentStatus.Succeeded, "sbx_1", 100_000, null, null));
        Assert.Equal((0, 0), (story.State.CashMinor(dollars.Currency), story.State.BalanceMinor(ChartOfAccounts.Unapplied, dollars.Currency)));
    }

    [Fact]
    public void Fee_lab_and_inventors_share_what_was_collected()
    {
        // 1 000.00: fee 3 % = 30.00, net 970.00; inventors 70 % = 679.00, of it 75 % = 509.25 and 25 % = 169.75; lab 291.00.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()), Deals.Inventors).Until("2026-03-03")
            .Refused("nothing-to-distribute", Deals.Lab, new DistributeIncome()).Pay(100_000);
        Assert.Equal((-3_000, -97_000), (story.Balance(ChartOfAccounts.PlatformFee), story.Balance(ChartOfAccounts.LabUndistributed)));

        story.Refused("nothing-to-pay", Deals.Lab, new PayLab("sandbox", "acct")).Do(Deals.Lab, new DistributeIncome());
        Assert.Equal(
            (-29_100, -50_925, -16_975),
            (story.Balance(ChartOfAccounts.LabPayable), story.Balance(ChartOfAccounts.InventorPayable(1)), story.Balance(ChartOfAccounts.InventorPayable(2))));

        foreach (var command in new AgreementCommand[] { new PayLab("sandbox", "lab"), new PayInventor(1, "sandbox", "甲"), new PayInventor(2, "sandbox", "乙") })
        {
            story.Do(Deals.Lab, command);
            var intent = story.State.Intents[^1];
            story.Do(Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.Succeeded, "sbx", intent.Amount.AmountMinor, null, null));
        }

        Assert.Equal(3_000, story.State.CashMinor(Currency.Cny)); // the platform's fee
        story.Refused("inventor-unknown", Deals.Lab, new PayInventor(3, "sandbox", "丙")).Do(Deals.Lab, new CloseAgreement()).Replays();
        Assert.Equal(Stage.Closed, story.State.Stage);
    }

    [Fact]
    public void A_new_split_holds_for_what_is_distributed_after_it_and_removes_nobody()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()) with { PlatformFeePpm = 0 }, Deals.Inventors).Until("2026-03-03").Pay(60_000)
            .Do(Deals.Lab, new DistributeIncome()).Pay(40_000)
            .Refused("inventor-removed", Deals.Lab, new ChangeInventorSplit(new InventorSplit(500_000, [new InventorPart("示例甲", 1_000_000)])))
            .Refused("shares-not-whole", Deals.Lab, new ChangeInventorSplit(new InventorSplit(500_000, [new InventorPart("示例甲", 500_000), new InventorPart("示例乙", 400_000)])))
            .Refused("inventor-name-missing", Deals.Lab, new ChangeInventorSplit(new InventorSplit(500_000, [new InventorPart("示例甲", 500_000), new InventorPart(" ", 500_000)])))
            .Do(Deals.Lab, new ChangeInventorSplit(new InventorSplit(500_000, [new InventorPart("示例甲", 500_000), new InventorPart("示例乙", 500_000)])))
            .Do(Deals.Lab, new DistributeIncome());
        // 600.00 × 70 % × 75 % = 315.00, then 400.00 × 50 % × 50 % = 100.00.
        Assert.Equal(-41_500, story.Balance(ChartOfAccounts.InventorPayable(1)));
    }

    [Fact]
    public void A_failed_payout_is_payable_again_and_one_that_moved_after_all_is_netted()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()) with { PlatformFeePpm = 0 }).Until("2026-03-03").Pay(60_000).Do(Deals.Lab, new DistributeIncome())
            .Do(Deals.Lab, new PayLab("sandbox", "acct"));
        var first = story.State.Intents[0].Id;
        Assert.Equal((-60_000, 0), (story.Balance(ChartOfAccounts.InTransit), story.Balance(ChartOfAccounts.LabPayable)));

        story.Do(Actor.System, new RecordPaymentOutcome(first, IntentStatus.Unknown, null, 0, Later, "timeout"))
            .Do(Actor.System, new RecordPaymentOutcome(first, IntentStatus.Failed, null, 0, null, "never arrived"));
        Assert.Equal(-60_000, story.Balance(ChartOfAccounts.LabPayable));

        story.Do(Actor.System, new RecordPaymentOutcome(first, IntentStatus.Processing, "sbx_1", 0, Later, null)); // out of order: nothing regresses
        Assert.Equal(IntentStatus.Failed, story.State.Intents[0].Status);

        story.Do(Deals.Lab, new PayLab("sandbox", "acct"));
        var second = story.State.Intents[1].Id;
        story.Do(Actor.System, new RecordPaymentOutcome(second, IntentStatus.Succeeded, "sbx_2", 60_000, null, null))
            .Do(Actor.System, new RecordPaymentOutcome(second, IntentStatus.Succeeded, "sbx_2", 60_000, null, null))
            .Do(Actor.System, new RecordPaymentOutcome(first, IntentStatus.Succeeded, "sbx_1", 60_000, null, "found"));
        Assert.Equal((60_000, IntentStatus.Succeeded), (story.Balance(ChartOfAccounts.LabPayable), story.State.Intents[0].Status)); // the lab owes it back

        story.Refused("nothing-to-pay", Deals.Lab, new PayLab("sandbox", "acct")).Pay(40_000).Do(Deals.Lab, new DistributeIncome());
        Assert.Equal(20_000, story.Balance(ChartOfAccounts.LabPayable));
        story.Replays();
    }

    [Fact]
    public void A_collection_takes_what_is_due_and_a_part_of_it_is_a_receipt_of_that_part()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Do(Deals.Company, new AuthoriseCollection("sandbox", "card")).Pay(10_000).Until("2026-03-03");
        var intent = Assert.Single(story.State.Intents);
        Assert.Equal((IntentKind.Collection, 90_000), (intent.Kind, intent.Amount.AmountMinor));
        story.Refused("collection-open", Deals.Company, new CollectObligation(1));

        story.Do(Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.PartlySucceeded, "sbx_1", 50_000, null, null));
        Assert.Equal(40_000, story.Owed().OutstandingMinor);
        story.Do(Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.Succeeded, "sbx_1", 90_000, null, null)); // the rest moved late
        Assert.Equal((Stage.Settled, 3), (story.State.Stage, story.State.Receipts.Count));
        story.Do(Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.Succeeded, "sbx_1", 90_000, null, null));
        Assert.Equal(3, story.State.Receipts.Count);
    }

    [Fact]
    public void A_declined_collection_leaves_the_sum_open_and_can_be_tried_again()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Refused("no-mandate", Deals.Company, new CollectObligation(1))
            .Do(Deals.Company, new AuthoriseCollection("sandbox", "card")).Refused("nothing-due", Deals.Company, new CollectObligation(1)).Until("2026-03-03");
        story.Do(Actor.System, new RecordPaymentOutcome(story.State.Intents[0].Id, IntentStatus.Failed, "sbx_1", 0, null, "declined"));
        Assert.Equal(ObligationStatus.Due, story.Owed().Status);

        story.Until("2026-03-10").Do(Deals.Administrator, new CollectObligation(1));
        var again = story.State.Intents[1];
        Assert.NotEqual(story.State.Intents[0].Id, again.Id);
        // The money moved two days before we heard of it: 7 days of 1 000.00 at 4.5 % are 0.86, which the collection did not ask for.
        story.Until("2026-03-12").Do(Actor.System, new RecordPaymentOutcome(again.Id, IntentStatus.Succeeded, "sbx_2", 100_000, null, null, Deals.Day("2026-03-10")));
        Assert.Equal(86, story.Owed().OutstandingMinor);
    }

    [Fact]
    public void The_mandate_is_for_the_due_date_so_that_only_the_company_pays_before_it()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Do(Deals.Company, new AuthoriseCollection("sandbox", "card")).Do(Deals.Lab, new InvoiceObligation(1))
            .Refused("nothing-due", Deals.Administrator, new CollectObligation(1)).Do(Deals.Company, new CollectObligation(1));
        Assert.Equal(100_000, story.State.Intents[0].Amount.AmountMinor);
    }

    [Fact]
    public void What_contradicts_itself_is_no_outcome()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Do(Deals.Company, new AuthoriseCollection("sandbox", "card")).Until("2026-03-03");
        var id = story.State.Intents[0].Id;
        foreach (var (status, movedMinor) in new[] { (IntentStatus.Succeeded, 99_999L), (IntentStatus.Succeeded, 100_001), (IntentStatus.Failed, 1), (IntentStatus.PartlySucceeded, 0), (IntentStatus.PartlySucceeded, -1) })
        {
            story.Refused("outcome-inconsistent", Actor.System, new RecordPaymentOutcome(id, status, "sbx", movedMinor, null, null));
        }

        story.Refused("next-look-missing", Actor.System, new RecordPaymentOutcome(id, IntentStatus.Processing, "sbx", 0, null, null))
            .Refused("not-found", Actor.System, new RecordPaymentOutcome(DerivedId.From<PaymentIntentId>("other"), IntentStatus.Failed, "sbx", 0, null, null));
    }

    [Fact]
    public void A_refund_takes_unapplied_money_and_a_failed_one_gives_it_back()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Pay(150_000)
            .Refused("refund-exceeds-unapplied", Deals.Administrator, new RefundUnapplied(1, Deals.Yuan(50_001), "sandbox", "acct"))
            .Refused("receipt-unknown", Deals.Administrator, new RefundUnapplied(2, Deals.Yuan(1), "sandbox", "acct"))
            .Do(Deals.Administrator, new RefundUnapplied(1, Deals.Yuan(50_000), "sandbox", "acct"));
        Assert.Equal((0, -50_000), (story.Balance(ChartOfAccounts.Unapplied), story.Balance(ChartOfAccounts.InTransit)));

        story.Do(Actor.System, new RecordPaymentOutcome(story.State.Intents[0].Id, IntentStatus.Failed, null, 0, null, "account closed"));
        Assert.Equal((-50_000, 0), (story.Balance(ChartOfAccounts.Unapplied), story.Balance(ChartOfAccounts.InTransit)));

        story.Do(Deals.Administrator, new RefundUnapplied(1, Deals.Yuan(50_000), "sandbox", "acct"))
            .Do(Actor.System, new RecordPaymentOutcome(story.State.Intents[1].Id, IntentStatus.PartlySucceeded, "sbx", 20_000, null, null));
        Assert.Equal((-30_000, 130_000), (story.Balance(ChartOfAccounts.Unapplied), story.State.CashMinor(Currency.Cny)));
    }

    [Fact]
    public void A_waiver_helps_where_a_payment_would_and_never_exceeds_the_debt()
    {
        // 29 days late: 1 000.00 × 29 × 4.5 % ÷ 365 = 3.58.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-04-01")
            .Refused("waiver-exceeds-debt", Deals.Lab, new WaiveObligation(1, Deals.Yuan(100_359), "谅解"))
            .Do(Deals.Lab, new WaiveObligation(1, Deals.Yuan(50_000), "谅解"));
        Assert.Equal((358, 49_642), (story.Owed().Interest.WaivedMinor, story.Owed().Principal.WaivedMinor));

        story.Do(Deals.Lab, new WaiveObligation(1, Deals.Yuan(50_358), "谅解"));
        Assert.Equal((Stage.Settled, ObligationStatus.Waived, 0), (story.State.Stage, story.Owed().Status, story.Balance(ChartOfAccounts.LabUncollected)));
    }

    [Fact]
    public void What_is_waived_before_the_invoice_was_never_on_the_books()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Do(Deals.Lab, new WaiveObligation(1, Deals.Yuan(40_000), "谅解"));
        Assert.Equal(0, story.Balance(ChartOfAccounts.ReceivablePrincipal));
        Assert.Equal(60_000, story.Until("2026-03-03").Balance(ChartOfAccounts.ReceivablePrincipal));
    }

    [Fact]
    public void An_agreement_closes_when_nothing_is_left_on_any_account()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Refused("agreement-state", Deals.Lab, new CloseAgreement()).Pay(100_001)
            .Refused("money-left", Deals.Lab, new CloseAgreement());
        story = Terminated().Refused("obligations-open", Deals.Lab, new CloseAgreement());
        Assert.Equal(Stage.Terminated, story.State.Stage);
    }

    internal static AgreementStory Terminated()
    {
        // Due 3 March 2026; breach notice proposed on 2 May; cure of 30 days from 6 May ends on Friday 5 June.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-05-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)).Until("2026-06-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.Termination))
            .Do(Deals.SecondAdministrator, new ApproveEnforcementStep(1, EnforcementStep.Termination));
        Assert.Equal(Stage.Terminated, story.State.Stage);
        return story;
    }
}
