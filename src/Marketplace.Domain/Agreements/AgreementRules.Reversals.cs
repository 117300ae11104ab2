using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Agreements;

// Money that goes back: taken by banks and providers without our asking (facts, never refused), or refunded although it had paid something.
public sealed partial class AgreementRules
{
    private static Refusal? RecordReversal(Story story, RecordReversal c)
    {
        if ((ByAdministrator(story) ?? Positive(c.Amount, "amount") ?? Text(c.Source, "source", 100) ?? Text(c.Reference, "reference", 200) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Receipts.Find(r => r.Source == c.Source && r.Reference == c.Of) is not { } receipt)
        {
            return ReceiptUnknown;
        }

        if (receipt.Amount.Currency != c.Amount.Currency)
        {
            return Refusal.Invalid("currency-differs", $"到账币种为 {receipt.Amount.Currency.Code}。", $"The receipt is in {receipt.Amount.Currency.Code}.", "amount.currency");
        }

        if (story.Now.Reversals.Any(r => r.Receipt == receipt.Number && r.Reference == c.Reference))
        {
            return Refusal.State("reversal-recorded", "这笔退回已登记。", "This reversal has been recorded already.");
        }

        TakeBack(story, receipt.Number, story.Now.Reversals.Count + 1, c.Reference, c.Amount, wasHeld: false, c.Reason);
        return null;
    }

    private static Refusal? RecordChargeback(Story story, RecordChargeback c)
    {
        if ((BySystem(story) ?? Positive(c.Amount, "amount") ?? Text(c.Reference, "reference", 200)) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Intent(c.Intent) is not { Kind: IntentKind.Collection } intent)
        {
            return Refusal.NotFound();
        }

        if (story.Now.Receipts.Find(r => r.Source == intent.Provider && r.Reference == intent.Id.Value) is not { } receipt)
        {
            return Refusal.State("receipt-awaited", "这笔收款的到账尚未登记，请先查询支付结果。", "The payment that is disputed is not recorded as received yet: look it up first.");
        }

        if (receipt.Amount.Currency != c.Amount.Currency)
        {
            return Refusal.Invalid("currency-differs", $"到账币种为 {receipt.Amount.Currency.Code}。", $"The receipt is in {receipt.Amount.Currency.Code}.", "amount.currency");
        }

        var known = story.Now.Reversals.Find(r => r.Receipt == receipt.Number && r.Reference == c.Reference);
        if (known is null)
        {
            known = new Reversal(story.Now.Reversals.Count + 1, receipt.Number, c.Reference, c.Amount.AmountMinor, ReversalStatus.Held);
            story.Tell(new ReceiptHeld(known.Number, receipt.Number, receipt.Provider, c.Reference, c.Amount, c.Reason, story.Today));
        }

        switch (known.Status, c.Status)
        {
            case (ReversalStatus.Held, ChargebackStatus.Won):
                story.Tell(new ReceiptReleased(known.Number, receipt.Provider, receipt.Amount with { AmountMinor = known.AmountMinor }, story.Today));
                return null;
            case (ReversalStatus.Held, ChargebackStatus.Lost):
                TakeBack(story, receipt.Number, known.Number, c.Reference, receipt.Amount with { AmountMinor = known.AmountMinor }, wasHeld: true, c.Reason);
                return null;
            case (ReversalStatus.Released, ChargebackStatus.Lost) or (ReversalStatus.TakenBack, ChargebackStatus.Won):
                return Refusal.State("chargeback-decided", "该拒付争议此前已有相反的结论，须由管理员核实。", "This chargeback was decided the other way before: a person must look into it.");
            default:
                return null; // heard before
        }
    }

    /// <summary>What the money had paid is owed again; what lab and inventors were given of it they owe.</summary>
    private static void TakeBack(Story story, int number, int reversal, string reference, Money amount, bool wasHeld, string reason)
    {
        var receipt = story.Now.Receipts[number - 1];
        var paidMinor = Math.Min(amount.AmountMinor - Math.Clamp(receipt.UnappliedMinor, 0, amount.AmountMinor), receipt.AllocatedMinor);
        if (paidMinor > 0)
        {
            if (story.Now.Stage is Stage.Settled or Stage.Closed)
            {
                story.Tell(new AgreementReopened(story.Today));
            }

            ReverseAllocation(story, number, paidMinor);
        }

        if (story.Now.Reports.Count > 0)
        {
            PaymentPlan.Bill(story, story.Now.Reports.Count, story.Today); // what a corrected report shows was never owed does not become owed again
        }

        story.Tell(new ReceiptTakenBack(reversal, number, receipt.Provider, reference, amount, wasHeld, reason, story.Today));
        if (story.Now.Mandate is { } mandate && mandate.Provider == receipt.Provider)
        {
            story.Tell(new CollectionMandateEnded($"{reference}: {reason}", story.Today));
        }

        Allocate(story);
    }

    /// <summary>The latest lines first. Fee, shares and income go back in the proportion in which they were taken of it.</summary>
    private static void ReverseAllocation(Story story, int number, long amountMinor)
    {
        var receipt = story.Now.Receipts[number - 1];
        var lines = new List<AllocationLine>();
        var leftMinor = amountMinor;
        for (var i = receipt.Lines.Count - 1; i >= 0 && leftMinor > 0; i--)
        {
            var partMinor = Math.Min(receipt.Lines[i].AmountMinor, leftMinor);
            lines.Add(receipt.Lines[i] with { AmountMinor = partMinor });
            leftMinor -= partMinor;
        }

        foreach (var reversed in lines.Select(l => l.Obligation).Distinct())
        {
            ChargeLateInterest(story, reversed); // up to today, before more principal bears it
        }

        var feeMinor = Part(receipt.FeeMinor, amountMinor, receipt.AllocatedMinor);
        var brokerMinor = Part(receipt.BrokerMinor, amountMinor, receipt.AllocatedMinor);
        var netMinor = amountMinor - feeMinor - brokerMinor;
        var undistributedMinor = Math.Min(netMinor, receipt.NetUndistributedMinor);
        var shared = TakeShares(netMinor - undistributedMinor, [receipt.LabMinor, .. receipt.InventorsMinor]);
        story.Tell(new AllocationReversed(
            number, lines, story.Money(feeMinor), brokerMinor == 0 ? null : story.Money(brokerMinor), story.Money(netMinor), story.Money(undistributedMinor),
            story.Money(shared[0]), [.. shared.Skip(1)], story.Today));
    }

    private static long Part(long wholeMinor, long partMinor, long ofMinor) => Rounding.HalfEven((Int128)wholeMinor * partMinor, ofMinor);

    /// <summary>Takes a sum out of what several were given, each in proportion and never more than it was given.</summary>
    private static long[] TakeShares(long totalMinor, IReadOnlyList<long> givenMinor)
    {
        var taken = new long[givenMinor.Count];
        var (leftMinor, leftOfMinor) = (totalMinor, givenMinor.Sum());
        for (var i = 0; i < taken.Length && leftMinor > 0; i++)
        {
            taken[i] = Math.Min(Part(givenMinor[i], leftMinor, leftOfMinor), leftMinor);
            leftMinor -= taken[i];
            leftOfMinor -= givenMinor[i];
        }

        return taken;
    }

    private static Refusal? RefundPaid(Story story, RefundPaid c)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true) ?? Positive(c.Amount, "amount") ?? Method(c.Provider, c.Method) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (c.Receipt < 1 || c.Receipt > story.Now.Receipts.Count)
        {
            return ReceiptUnknown;
        }

        var receipt = story.Now.Receipts[c.Receipt - 1];
        if (receipt.Amount.Currency != c.Amount.Currency || c.Amount.AmountMinor > receipt.AllocatedMinor || receipt.GuaranteeClaim is not null)
        {
            return Refusal.Invalid(
                "refund-exceeds-allocated", "退款不能超过该笔到账已冲抵的金额，且币种须一致；担保人代偿款除外。",
                "A refund cannot exceed what the receipt has paid, in its currency; a guarantor's payment is not refunded.", "amount");
        }

        if (IsHeld(story.Now, receipt.Number))
        {
            return Refusal.State("receipt-held", "该笔到账正处于拒付争议中，不能退款。", "This receipt is held in a chargeback: it cannot be refunded.");
        }

        ReverseAllocation(story, c.Receipt, c.Amount.AmountMinor);
        foreach (var given in ((AllocationReversed)story.Events[^1]).Lines.GroupBy(l => l.Obligation))
        {
            Money Sum(ObligationComponent component) => story.Money(given.Where(l => l.Component == component).Sum(l => l.AmountMinor));
            story.Tell(new ObligationWaived(
                given.Key, Sum(ObligationComponent.Costs), Sum(ObligationComponent.Interest), Sum(ObligationComponent.Principal), WasInvoiced: true, c.Reason, story.Today));
        }

        Request(story, IntentKind.Refund, c.Amount, c.Provider, c.Method, "company", null, c.Receipt, ChartOfAccounts.Unapplied);
        AfterDebtFell(story);
        return null;
    }

    /// <summary>Only of money that its payee owes since, its tax included, and only as much as that payout has moved.</summary>
    private static Refusal? RecoverPayout(Story story, RecoverPayout c)
    {
        if ((ByAdministrator(story) ?? Positive(c.Amount, "amount")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Intent(c.Intent) is not { Kind: IntentKind.Payout, IsOpen: false } payout)
        {
            return Refusal.Invalid("payout-unknown", "没有这笔已完成的付款。", "There is no such payout that has been made.", "intent");
        }

        var account = AccountOf(payout);
        var asked = story.Now.Intents.Where(i => i.Kind == IntentKind.Recovery && i.Of == payout.Id).Sum(i => i.IsOpen ? i.Amount.AmountMinor : i.MovedMinor);
        var owed = story.Now.BalanceMinor(account, payout.Amount.Currency)
            - story.Now.Intents.Where(i => i.Kind == IntentKind.Recovery && i.Payee == payout.Payee && i.IsOpen).Sum(i => checked(i.Amount.AmountMinor + story.Now.Intent(i.Of!.Value)!.TaxOnMinor(i.Amount.AmountMinor)));
        if (c.Amount.Currency != payout.Amount.Currency || c.Amount.AmountMinor > payout.MovedMinor - asked || checked(c.Amount.AmountMinor + payout.TaxOnMinor(c.Amount.AmountMinor)) > owed)
        {
            return Refusal.Invalid(
                "recovery-exceeds-debt", "追回金额不能超过收款人现欠的金额，也不能超过该笔付款。", "No more can be asked back than the payee owes, and than this payout has moved.", "amount.amountMinor");
        }

        Request(story, IntentKind.Recovery, c.Amount, payout.Provider, payout.Method, payout.Payee, null, null, account, of: payout.Id);
        return null;
    }

    private static bool IsHeld(Agreement a, int? receipt = null) =>
        a.Reversals.Any(r => r.Status == ReversalStatus.Held && (receipt is null || r.Receipt == receipt));

    private static readonly Refusal ReceiptUnknown = Refusal.Invalid("receipt-unknown", "没有这笔到账。", "There is no such receipt.", "receipt");
}
