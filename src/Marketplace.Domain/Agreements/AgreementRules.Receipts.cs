using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// Invoices, money that arrives, allocation, waivers, settlement.
public sealed partial class AgreementRules
{
    private static Refusal? Invoice(Story story, InvoiceObligation c)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true) ?? InCommercialLife(story) ?? Existing(story, c.Obligation, "obligation")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Owed(c.Obligation).Status != ObligationStatus.Planned)
        {
            return Refusal.State("already-invoiced", "这一笔已开具账单。", "This obligation has been invoiced already.");
        }

        InvoiceAndAllocate(story, c.Obligation);
        return null;
    }

    private static void InvoiceAndAllocate(Story story, int number)
    {
        var owed = story.Now.Owed(number);
        story.Tell(new ObligationInvoiced(number, $"{story.Now.Id.Value}-{number:000}", story.Money(owed.Principal.OutstandingMinor), story.Today));
        Allocate(story);
    }

    private static Refusal? ChargeCost(Story story, ChargeEnforcementCost c)
    {
        if ((ByPersonInCharge(story) ?? InCommercialLife(story) ?? Existing(story, c.Obligation, "obligation")
            ?? InCurrency(story, c.Amount, "amount") ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (!story.Now.Owed(c.Obligation).IsOverdue)
        {
            return Refusal.State("not-overdue", "只有逾期款项才能计收实现债权的费用。", "Costs of enforcement are charged on overdue obligations only.");
        }

        story.Tell(new EnforcementCostCharged(c.Obligation, c.Amount, c.Reason, story.Today));
        Allocate(story);
        return null;
    }

    /// <summary>Money that has arrived is a fact: it is recorded in every stage and in every currency. What nobody owes is unapplied cash.</summary>
    private static Refusal? RecordReceipt(Story story, RecordReceipt c)
    {
        if ((ByAdministrator(story) ?? (c.Provider is null ? null : BySystem(story)) ?? CheckReceipt(story, c.Source, c.Reference, c.Amount, c.ReceivedOn)) is { } refusal)
        {
            return refusal;
        }

        Receive(story, c.Source, c.Reference, c.Amount, c.ReceivedOn, c.Provider);
        return null;
    }

    private static Refusal? CheckReceipt(Story story, string source, string reference, Money amount, DateOnly receivedOn) =>
        Positive(amount, "amount") ?? Text(source, "source", 100) ?? Text(reference, "reference", 200)
        ?? (receivedOn > story.Today
            ? Refusal.Invalid("dates-out-of-order", "到账日期不能晚于今天。", "Money cannot have arrived in the future.", "receivedOn")
            : story.Now.Receipts.Any(r => r.Source == source && r.Reference == reference)
                ? Refusal.State("receipt-recorded", "这笔到账已登记。", "This receipt has been recorded already.")
                : null);

    private static void Receive(Story story, string source, string reference, Money amount, DateOnly receivedOn, string? provider)
    {
        story.Tell(new ReceiptRecorded(story.Now.Receipts.Count + 1, source, reference, amount, receivedOn, Provider: provider));
        Allocate(story, receivedOn);
    }

    private static Refusal? ApplyUnapplied(Story story)
    {
        if (By(story, Party.Both, out _, orAdministrator: true) is { } refusal)
        {
            return refusal;
        }

        Allocate(story);
        return null;
    }

    /// <summary>
    /// Pays what is owed out of the unapplied receipts, oldest receipt first. Interest runs up to the day on which the money arrived; days
    /// after it that were charged before we knew are taken back, and charged again on what is then still open.
    /// </summary>
    private static void Allocate(Story story, DateOnly? arrivedOn = null)
    {
        if (!story.Now.Receipts.Any(r => MayPay(story.Now, r)))
        {
            return;
        }

        var paidOn = arrivedOn ?? story.Today;
        Obligation[] overdue = [.. story.Now.Obligations.Where(o => o.IsOverdue && o.EnforceableMinor > 0)];
        foreach (var late in overdue)
        {
            TakeInterestBack(story, late.Number, paidOn);
            ChargeInterest(story, late.Number, paidOn);
        }

        foreach (var receipt in story.Now.Receipts.Where(r => MayPay(story.Now, r)))
        {
            var lines = Allocation.Plan(story.Now.Obligations, receipt.UnappliedMinor);
            if (lines.Count > 0)
            {
                TellAllocated(story, receipt.Number, lines);
            }
        }

        foreach (var late in overdue)
        {
            ChargeInterest(story, late.Number, late.Late!.Through);
        }

        AfterDebtFell(story);
    }

    /// <summary>What a guarantor has paid too much is not the company's to pay with.</summary>
    private static bool MayPay(Agreement a, Receipt receipt) =>
        receipt.UnappliedMinor > 0 && receipt.Amount.Currency == a.Terms.Currency && receipt.GuaranteeClaim is null;

    /// <summary>What is allocated, less the platform's fee, less the share that a broker has of that, is the lab's net income.</summary>
    private static void TellAllocated(Story story, int receipt, IReadOnlyList<AllocationLine> lines)
    {
        var allocated = story.Money(lines.Sum(l => l.AmountMinor));
        var fee = allocated.Times(story.Now.Terms.PlatformFeePpm);
        Money? broker = ThirdParty.Of(story.Now.Terms) is { Role: ThirdPartyRole.Broker } third ? (allocated - fee).Times(third.SharePpm) : null;
        story.Tell(new ReceiptAllocated(receipt, lines, fee, broker is { } share ? allocated - fee - share : allocated - fee, story.Today, broker));
    }

    /// <summary>Brings interest up to a day into the books. Days counted before change nothing.</summary>
    private static void ChargeInterest(Story story, int number, DateOnly through)
    {
        var owed = story.Now.Owed(number);
        if (owed.IsOpen)
        {
            Recount(story, owed, owed.Late!.CountThrough(through, owed.EnforceablePrincipalMinor));
        }
    }

    private static void TakeInterestBack(Story story, int number, DateOnly to)
    {
        var owed = story.Now.Owed(number);
        Recount(story, owed, owed.Late!.BackTo(to, owed.EnforceablePrincipalMinor));
    }

    private static void Recount(Story story, Obligation owed, LateInterest counted)
    {
        if (counted != owed.Late)
        {
            story.Tell(new InterestCharged(owed.Number, story.Money(counted.AccruedMinor - owed.Late!.AccruedMinor), counted.PrincipalDays, counted.Through));
        }
    }

    private static Refusal? Waive(Story story, WaiveObligation c)
    {
        if ((By(story, Party.Lab, out _) ?? InCommercialLife(story) ?? Existing(story, c.Obligation, "obligation")
            ?? InCurrency(story, c.Amount, "amount") ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        ChargeLateInterest(story, c.Obligation);
        var owed = story.Now.Owed(c.Obligation);
        if (c.Amount.AmountMinor > owed.EnforceableMinor)
        {
            return Refusal.Invalid("waiver-exceeds-debt", "免除金额不能超过无争议的未付金额。", "A waiver cannot exceed what is open and undisputed.", "amount.amountMinor");
        }

        // In the order of Art. 561, so that a waiver helps the debtor where a payment would.
        var costs = Math.Min(c.Amount.AmountMinor, owed.Costs.OutstandingMinor);
        var interest = Math.Min(c.Amount.AmountMinor - costs, owed.Interest.OutstandingMinor);
        var principal = c.Amount.AmountMinor - costs - interest;
        story.Tell(new ObligationWaived(c.Obligation, story.Money(costs), story.Money(interest), story.Money(principal), owed.WasInvoiced, c.Reason, story.Today));
        AfterDebtFell(story);
        return null;
    }

    /// <summary>Counts interest up to today, before less principal bears it.</summary>
    internal static void ChargeLateInterest(Story story, int number)
    {
        if (story.Now.Owed(number).IsOverdue)
        {
            ChargeInterest(story, number, story.Today);
        }
    }

    /// <summary>Ends what has become moot: proposed steps without a debt, a default without overdue sums, an agreement without open ends.</summary>
    private static void AfterDebtFell(Story story)
    {
        foreach (var owed in story.Now.Obligations.Where(o => !o.IsOpen && o.Proposed.Count > 0))
        {
            foreach (var proposed in owed.Proposed)
            {
                story.Tell(new EnforcementStepDropped(owed.Number, proposed.Step, story.Today, "nothing is open any more"));
            }
        }

        if (story.Now.Stage is Stage.Overdue or Stage.Cure or Stage.Breached && !story.Now.Obligations.Any(o => o.IsOverdue))
        {
            story.Tell(new DefaultRemedied(story.Today));
        }

        WithdrawWhatIsPaid(story);
        ProposeTermination(story);
        SettleIfNothingIsLeft(story);
    }

    private static void SettleIfNothingIsLeft(Story story)
    {
        if (story.Now.Stage == Stage.Converted && story.Now.Obligations.All(o => !o.IsOpen) && !MayOweMore(story.Now, story.Today))
        {
            story.Tell(new AgreementSettled(story.Today));
        }
    }

    /// <summary>Whether a trigger is left that can still make money fall due: reports to come, or events that may happen before the licence ends.</summary>
    private static bool MayOweMore(Agreement a, DateOnly today)
    {
        if (NextPeriod(a) is not null)
        {
            return true;
        }

        var waits = a.Terms.Payments.Where((payment, i) =>
            payment is Milestone or ConditionalSum or EquityConversion or DeferredLumpSum { PayDate: PayDateRule.Later } && a.Claims.GetValueOrDefault(i)?.Status is null or ClaimStatus.Open or ClaimStatus.Contested or ClaimStatus.Rejected);
        return HasUndecidedClaim(a) || (waits.Any() && today < a.LicenceEndsOn);
    }

    private static Refusal? Close(Story story)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true)
            ?? In(story, Stage.Settled, Stage.Terminated, Stage.Returned, Stage.Expired)) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Obligations.Any(o => o.IsOpen) || HasUndecidedClaim(story.Now) || story.Now.Intents.Any(i => i.IsOpen))
        {
            return Refusal.State("obligations-open", "尚有未结清的款项、主张或支付，不能关闭。", "Sums, claims or payments are still open: it cannot be closed yet.");
        }

        if (story.Now.Objections.Any(o => o.IsOpen))
        {
            return DistributionObjectedTo;
        }

        if (story.Now.Balances.FirstOrDefault(b => b.Value != 0 && !MayStayOnTheBooks(Agreement.AccountOf(b.Key).Account)) is { Key: not null } open)
        {
            return Refusal.State("money-left", $"账户 {open.Key.Split('|')[0]} 尚有余额，不能关闭。", $"Account {open.Key.Split('|')[0]} has a balance: it cannot be closed yet.");
        }

        story.Tell(new AgreementClosed(story.Today));
        return null;
    }

    /// <summary>The platform's own, tax that is not due to the tax office yet, and the cash that stands against them.</summary>
    public static bool MayStayOnTheBooks(string account) => account is ChartOfAccounts.PlatformFee or ChartOfAccounts.ProviderFee or ChartOfAccounts.TaxPayable or ChartOfAccounts.BankOther || ChartOfAccounts.IsCash(account);
}
