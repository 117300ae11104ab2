using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Money that had arrived and goes back. After every command of a story the invariants hold.</summary>
public sealed class ReversalTests
{
    private const string Fee = ChartOfAccounts.PlatformFee;

    [Fact]
    public void F13_A_chargeback_freezes_payouts_and_a_lost_one_makes_the_sum_owed_again_each_once()
    {
        var story = Collected().Do(Deals.Lab, new DistributeIncome());
        Dispute(story, ChargebackStatus.Open);
        Dispute(story, ChargebackStatus.Open);
        Assert.Equal((100_000, 0), (story.Balance(ChartOfAccounts.Disputed), story.State.CashMinor(Currency.Cny)));
        Assert.Equal(ObligationStatus.Paid, story.Owed().Status);
        story.Refused("payout-frozen", Deals.Lab, new PayLab("sandbox", "acct"));

        Dispute(story, ChargebackStatus.Lost);
        Dispute(story, ChargebackStatus.Lost);
        Dispute(story, ChargebackStatus.Open);
        Assert.Equal((0, 0, 100_000), (story.Balance(ChartOfAccounts.Disputed), story.State.CashMinor(Currency.Cny), story.Owed().OutstandingMinor));
        Assert.Equal((0, 0, 0), (story.Balance(ChartOfAccounts.LabPayable), story.Balance(ChartOfAccounts.InventorPayable(1)), story.Balance(Fee)));
        Assert.Single(story.All<ReceiptHeld>());
        Assert.Single(story.All<ReceiptTakenBack>());
        Assert.Null(story.State.Mandate); // a card that charged back is not charged again
        story.Replays();
    }

    [Fact]
    public void F13_A_chargeback_that_is_won_gives_the_money_back_once()
    {
        var story = Collected();
        Dispute(story, ChargebackStatus.Open);
        Dispute(story, ChargebackStatus.Won);
        Dispute(story, ChargebackStatus.Won);
        Assert.Equal((0, 100_000), (story.Balance(ChartOfAccounts.Disputed), story.State.CashMinor(Currency.Cny)));
        Assert.Equal(ObligationStatus.Paid, story.Owed().Status);
        story.Refused("chargeback-decided", Actor.System, new RecordChargeback(Intent(story), "dp_1", Deals.Yuan(100_000), ChargebackStatus.Lost, "fraudulent"));
        story.Do(Deals.Lab, new DistributeIncome()).Do(Deals.Lab, new PayLab("sandbox", "acct"));
    }

    [Fact]
    public void F13_A_chargeback_after_closure_opens_the_agreement_again_when_it_is_lost()
    {
        var story = Closed();
        var paid = story.Today;
        story.Sleep($"{paid.AddDays(100):yyyy-MM-dd}");
        Dispute(story, ChargebackStatus.Open);
        Assert.Equal(Stage.Closed, story.State.Stage);
        Dispute(story, ChargebackStatus.Lost);
        Assert.Equal(Stage.Converted, story.State.Stage);
        Assert.Equal(ObligationStatus.Due, story.Owed().Status);

        // The ladder begins anew on the day on which the money went, and no interest runs for the days on which it was there.
        story.Until($"{story.Today.AddDays(1):yyyy-MM-dd}");
        Assert.Equal((Stage.Overdue, paid.AddDays(100)), (story.State.Stage, story.Last<ObligationBecameOverdue>().DueOn));
        story.Do(Deals.Administrator, new RecordReceipt("bank", "again", Deals.Yuan(200_000), story.Today));
        Assert.Equal(ObligationStatus.Paid, story.Owed().Status);
        Assert.InRange(story.Owed().Interest.ChargedMinor, 1, 20); // of one day
        story.Replays();
    }

    [Fact]
    public void F12_A_refund_after_the_payout_leaves_a_receivable_and_the_next_payout_nets_it()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum(100_000), Deals.LumpSum(100_000)) with { PlatformFeePpm = 30_000 }, Deals.Inventors);
        story.Until($"{story.Owed().DueOn:yyyy-MM-dd}").Pay(100_000);
        story.Do(Deals.Lab, new DistributeIncome()).Do(Deals.Lab, new PayLab("sandbox", "acct"));
        Conclude(story, IntentStatus.Succeeded);
        var paidMinor = story.State.Intents[0].MovedMinor;

        story.Do(Deals.Administrator, new RefundPaid(1, Deals.Yuan(60_000), "sandbox", "card", "验收不合格"));
        var owesMinor = story.Balance(ChartOfAccounts.LabPayable);
        Assert.InRange(owesMinor, 1, paidMinor);
        Assert.Equal(0, story.Owed().OutstandingMinor); // given up with the refund

        // The provider cannot get it back: it stays a receivable.
        story.Do(Deals.Administrator, new RecoverPayout(story.State.Intents[0].Id, Deals.Yuan(owesMinor)));
        Conclude(story, IntentStatus.Failed);
        Assert.Equal(owesMinor, story.Balance(ChartOfAccounts.LabPayable));
        story.Refused("nothing-to-pay", Deals.Lab, new PayLab("sandbox", "acct"));

        story.Pay(100_000).Do(Deals.Lab, new DistributeIncome());
        var distributedMinor = story.Last<IncomeDistributed>().Lab.AmountMinor;
        story.Do(Deals.Lab, new PayLab("sandbox", "acct"));
        Assert.Equal(distributedMinor - owesMinor, story.State.Intents[^1].Amount.AmountMinor);
        story.Replays();
    }

    [Fact]
    public void A_payout_that_comes_back_pays_the_receivable_and_is_asked_for_once()
    {
        var story = Collected().Do(Deals.Lab, new DistributeIncome()).Do(Deals.Lab, new PayLab("sandbox", "acct"));
        Conclude(story, IntentStatus.Succeeded);
        var payout = story.State.Intents[^1];
        Dispute(story, ChargebackStatus.Lost);
        var owes = Deals.Yuan(story.Balance(ChartOfAccounts.LabPayable));
        story.Refused("recovery-exceeds-debt", Deals.Administrator, new RecoverPayout(payout.Id, owes + Deals.Yuan(1)));
        story.Do(Deals.Administrator, new RecoverPayout(payout.Id, owes));
        story.Refused("recovery-exceeds-debt", Deals.Administrator, new RecoverPayout(payout.Id, Deals.Yuan(1)));
        Conclude(story, IntentStatus.Succeeded);
        Assert.Equal((0, 0), (story.Balance(ChartOfAccounts.LabPayable), story.State.CashMinor(Currency.Cny)));
    }

    [Fact]
    public void Fee_and_shares_go_back_to_the_last_minor_unit_in_however_many_parts() => Gen
        .Select(Gen.Long[1, 1_000_000], Gen.Long[0, 200_000], Gen.Long[1, 1_000_000].Array[1, 5], Gen.Bool)
        .Sample((sumMinor, feePpm, parts, isDistributed) =>
        {
            var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum(sumMinor)) with { PlatformFeePpm = feePpm }, Deals.Inventors);
            story.Until($"{story.Owed().DueOn:yyyy-MM-dd}").Pay(sumMinor);
            if (isDistributed && story.State.Receipts[0].NetUndistributedMinor > 0)
            {
                story.Do(Deals.Lab, new DistributeIncome());
            }

            var leftMinor = sumMinor;
            foreach (var (i, part) in parts.Append(long.MaxValue).Index())
            {
                var backMinor = Math.Min(part, leftMinor);
                if (backMinor > 0)
                {
                    story.Do(Deals.Administrator, new RecordReversal("bank", $"back {i}", "line 1", Deals.Yuan(backMinor), "退汇"));
                    leftMinor -= backMinor;
                }
            }

            Assert.Equal(sumMinor, story.Owed().OutstandingMinor);
            Assert.DoesNotContain(story.State.Balances, b => b.Value != 0 && Agreement.AccountOf(b.Key).Account is not (ChartOfAccounts.ReceivablePrincipal or ChartOfAccounts.LabUncollected));
        }, iter: 300);

    [Fact]
    public void A_reversal_is_recorded_once_and_only_of_what_had_arrived()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(100_000)).Pay(30_000);
        story.Refused("receipt-unknown", Deals.Administrator, new RecordReversal("bank", "back", "line 7", Deals.Yuan(1), "退汇"));
        story.Do(Deals.Administrator, new RecordReversal("bank", "back", "line 1", Deals.Yuan(30_000), "退汇"));
        story.Refused("reversal-recorded", Deals.Administrator, new RecordReversal("bank", "back", "line 1", Deals.Yuan(30_000), "退汇"));
        Assert.Equal((0, 30_000), (story.Balance(ChartOfAccounts.Unapplied), story.State.Receipts[0].TakenBackMinor));
    }

    [Fact]
    public void More_than_is_left_of_a_receipt_may_go_and_is_owed_back()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(100_000)).Pay(30_000);
        story.Do(Deals.Administrator, new RefundUnapplied(1, Deals.Yuan(30_000), "sandbox", "card"));
        Conclude(story, IntentStatus.Succeeded);
        story.Do(Deals.Administrator, new RecordReversal("bank", "back", "line 1", Deals.Yuan(30_000), "退汇"));
        Assert.Equal(30_000, story.Balance(ChartOfAccounts.Unapplied)); // the company owes it
    }

    [Fact]
    public void F10_Paid_by_card_and_bank_the_card_is_withdrawn_and_what_it_moved_after_all_is_unapplied()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(100_000), Deals.LumpSum(50_000));
        story.Until($"{story.Owed().DueOn:yyyy-MM-dd}").Do(Deals.Company, new PayObligations([1, 2], "sandbox", "card"));
        Assert.Equal((150_000, 2), (story.State.Intents[0].Amount.AmountMinor, story.State.Intents[0].Bundle!.Count));
        story.Refused("collection-open", Deals.Company, new PayObligations([2], "sandbox", "card"));

        story.Pay(100_000);
        Assert.False(story.State.Intents[0].IsWithdrawn); // one of the two is still to be paid
        story.Pay(50_000);
        Assert.True(story.State.Intents[0].IsWithdrawn);
        Conclude(story, IntentStatus.Succeeded); // the last look: too late
        Assert.Equal((-150_000, 300_000), (story.Balance(ChartOfAccounts.Unapplied), story.State.CashMinor(Currency.Cny)));
        story.Do(Deals.Administrator, new RefundUnapplied(3, Deals.Yuan(150_000), "sandbox", "card"));
    }

    [Fact]
    public void What_the_provider_keeps_is_booked_once_however_often_it_is_said()
    {
        var story = Collected(feeMinor: 2_900);
        Assert.Equal((2_900, 97_100), (story.Balance(ChartOfAccounts.ProviderFee), story.State.CashMinor(Currency.Cny)));
        Conclude(story, IntentStatus.Succeeded, feeMinor: 2_900);
        Conclude(story, IntentStatus.Succeeded, feeMinor: 4_400);
        Conclude(story, IntentStatus.Succeeded, feeMinor: 0);
        Assert.Equal((4_400, 95_600), (story.Balance(ChartOfAccounts.ProviderFee), story.State.CashMinor(Currency.Cny)));
        Assert.Equal(2, story.All<ProviderFeeCharged>().Count);
    }

    private static AgreementStory Collected(long feeMinor = 0)
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum(100_000)) with { PlatformFeePpm = 30_000 }, Deals.Inventors)
            .Do(Deals.Company, new AuthoriseCollection("sandbox", "card"));
        story.Until($"{story.Owed().DueOn:yyyy-MM-dd}");
        Conclude(story, IntentStatus.Succeeded, feeMinor);
        return story;
    }

    private static AgreementStory Closed()
    {
        var story = Collected().Do(Deals.Lab, new DistributeIncome());
        AgreementCommand[] payouts = [new PayLab("sandbox", "acct"), .. Deals.Inventors.Inventors.Select((_, i) => new PayInventor(i + 1, "sandbox", "acct"))];
        foreach (var payout in payouts)
        {
            story.Do(Deals.Lab, payout);
            Conclude(story, IntentStatus.Succeeded);
        }

        story.Wake();
        return story.Do(Deals.Lab, new CloseAgreement());
    }

    private static PaymentIntentId Intent(AgreementStory story) => story.State.Intents.First(i => i.Kind == IntentKind.Collection).Id;

    private static void Dispute(AgreementStory story, ChargebackStatus status) =>
        story.Do(Actor.System, new RecordChargeback(Intent(story), "dp_1", Deals.Yuan(100_000), status, "fraudulent"));

    private static void Conclude(AgreementStory story, IntentStatus status, long feeMinor = 0)
    {
        var intent = story.State.Intents[^1];
        story.Do(Actor.System, new RecordPaymentOutcome(
            intent.Id, status, "ext", status == IntentStatus.Succeeded ? intent.Amount.AmountMinor : 0, null, null, FeeMinor: feeMinor));
    }
}
