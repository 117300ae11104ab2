using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Agreements;

// Inside the namespace, so that a credit is a side of an entry and not the folder of that name.
using static Marketplace.Domain.Ledger.ChartOfAccounts;
using static Marketplace.Domain.Ledger.Entry;

/// <summary>What each event means in the books: the only place that knows. Events that move no money have no entries.</summary>
public static class AgreementPostings
{
    public static IEnumerable<Entry> EntriesFor(AgreementEvent happened) => happened switch
    {
        ObligationInvoiced e => Claim(ReceivablePrincipal, e.Amount),
        InterestCharged e => Claim(ReceivableInterest, e.Amount),
        EnforcementCostCharged e => Claim(ReceivableCosts, e.Amount),
        ReceiptRecorded e => Of(e.Amount.Currency, Debit(CashAt(e.Provider), e.Amount.AmountMinor), Credit(Unapplied, e.Amount.AmountMinor)),
        ReceiptAllocated e => Allocated(e),
        ObligationWaived { WasInvoiced: true } e => GivenUp(e.Principal.Currency, e.Costs.AmountMinor, e.Interest.AmountMinor, e.Principal.AmountMinor),
        ObligationCorrected { WasInvoiced: true } e => GivenUp(e.Amount.Currency, 0, 0, e.Amount.AmountMinor),
        HardshipGranted e => GivenUp(e.Principal.Currency, 0, e.InterestWaived.AmountMinor, e.WasInvoiced ? e.Principal.AmountMinor : 0),
        ObligationSettledInKind { WasInvoiced: true } e => GivenUp(e.Amount.Currency, 0, 0, e.Amount.AmountMinor),
        DisputeDecided e => GivenUp(e.Currency, 0, 0, e.Reduced.Values.Sum()),
        IncomeDistributed e => Distributed(e),
        PaymentRequested { Kind: IntentKind.Payout or IntentKind.Refund } e => Of(e.Amount.Currency, Debit(e.Account, e.Amount.AmountMinor), Credit(InTransit, e.Amount.AmountMinor)),
        PaymentConcluded { Kind: IntentKind.Recovery } e => Recovered(e.Moved, e.Account, e.Provider),
        PaymentConcluded { Kind: not IntentKind.Collection } e => Concluded(e),
        PaymentMovedLate { Kind: IntentKind.Recovery } e => Recovered(e.Moved, e.Account, e.Provider),
        PaymentMovedLate { Account: not "" } e => Of(e.Moved.Currency, Debit(e.Account, e.Moved.AmountMinor), Credit(CashAt(e.Provider), e.Moved.AmountMinor)),
        ProviderFeeCharged e => Of(e.Fee.Currency, Debit(ProviderFee, e.Fee.AmountMinor), Credit(CashAt(e.Provider), e.Fee.AmountMinor)),
        TaxWithheld e => Of(e.Tax.Currency, Debit(e.Account, e.Tax.AmountMinor), Credit(TaxPayable, e.Tax.AmountMinor)),
        TaxRemitted e => Of(e.Amount.Currency, Debit(TaxPayable, e.Amount.AmountMinor), Credit(BankOther, e.Amount.AmountMinor)),
        AllocationReversed e => Reversed(e),
        ReceiptHeld e => Of(e.Amount.Currency, Debit(Disputed, e.Amount.AmountMinor), Credit(CashAt(e.Provider), e.Amount.AmountMinor)),
        ReceiptReleased e => Of(e.Amount.Currency, Debit(CashAt(e.Provider), e.Amount.AmountMinor), Credit(Disputed, e.Amount.AmountMinor)),
        ReceiptTakenBack e => Of(e.Amount.Currency, Debit(Unapplied, e.Amount.AmountMinor), Credit(e.WasHeld ? Disputed : CashAt(e.Provider), e.Amount.AmountMinor)),
        _ => [],
    };

    private static IEnumerable<Entry> Claim(string receivable, Money amount) =>
        Of(amount.Currency, Debit(receivable, amount.AmountMinor), Credit(LabUncollected, amount.AmountMinor));

    private static IEnumerable<Entry> GivenUp(Currency currency, long costsMinor, long interestMinor, long principalMinor) =>
        Of(currency,
            Debit(LabUncollected, checked(costsMinor + interestMinor + principalMinor)),
            Credit(ReceivableCosts, costsMinor),
            Credit(ReceivableInterest, interestMinor),
            Credit(ReceivablePrincipal, principalMinor));

    private static IEnumerable<Entry> Allocated(ReceiptAllocated e)
    {
        var (costs, interest, principal) = PartsOf(e.Lines);
        var total = checked(costs + interest + principal);
        var currency = e.Net.Currency;
        return
        [
            .. Of(currency, Debit(Unapplied, total), Credit(ReceivableCosts, costs), Credit(ReceivableInterest, interest), Credit(ReceivablePrincipal, principal)),
            .. Of(currency, Debit(LabUncollected, total), Credit(PlatformFee, e.Fee.AmountMinor), Credit(BrokerPayable, e.Broker?.AmountMinor ?? 0), Credit(LabUndistributed, e.Net.AmountMinor)),
        ];
    }

    /// <summary>The other way round, as far as it goes: what lab and inventors were given of it they owe.</summary>
    private static IEnumerable<Entry> Reversed(AllocationReversed e)
    {
        var (costs, interest, principal) = PartsOf(e.Lines);
        var total = checked(costs + interest + principal);
        var currency = e.Net.Currency;
        return
        [
            .. Of(currency, Debit(ReceivableCosts, costs), Debit(ReceivableInterest, interest), Debit(ReceivablePrincipal, principal), Credit(Unapplied, total)),
            .. Of(currency,
            [
                Debit(PlatformFee, e.Fee.AmountMinor),
                Debit(BrokerPayable, e.Broker?.AmountMinor ?? 0),
                Debit(LabUndistributed, e.Undistributed.AmountMinor),
                Debit(LabPayable, e.Lab.AmountMinor),
                .. e.InventorsMinor.Select((amountMinor, i) => Debit(InventorPayable(i + 1), amountMinor)),
                Credit(LabUncollected, total),
            ]),
        ];
    }

    private static (long Costs, long Interest, long Principal) PartsOf(IReadOnlyList<AllocationLine> lines)
    {
        long Sum(ObligationComponent component) => lines.Where(l => l.Component == component).Sum(l => l.AmountMinor);
        return (Sum(ObligationComponent.Costs), Sum(ObligationComponent.Interest), Sum(ObligationComponent.Principal));
    }

    private static IEnumerable<Entry> Recovered(Money moved, string account, string? provider) =>
        Of(moved.Currency, Debit(CashAt(provider), moved.AmountMinor), Credit(account, moved.AmountMinor));

    private static IEnumerable<Entry> Distributed(IncomeDistributed e) =>
        Of(e.Net.Currency,
        [
            Debit(LabUndistributed, e.Net.AmountMinor),
            Credit(LabPayable, e.Lab.AmountMinor),
            .. e.InventorsMinor.Select((amountMinor, i) => Credit(InventorPayable(i + 1), amountMinor)),
        ]);

    private static IEnumerable<Entry> Concluded(PaymentConcluded e)
    {
        var backMinor = checked(e.Requested.AmountMinor - e.Moved.AmountMinor);
        return
        [
            .. Of(e.Requested.Currency, Debit(InTransit, e.Moved.AmountMinor), Credit(CashAt(e.Provider), e.Moved.AmountMinor)),
            .. Of(e.Requested.Currency, Debit(InTransit, backMinor), Credit(e.Account, backMinor)),
        ];
    }
}
