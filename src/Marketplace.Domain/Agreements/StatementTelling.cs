using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Agreements;

/// <summary>Makes the statement of one agreement while its events are read, oldest first: only the lines of the month are kept.</summary>
/// <param name="inventor">Of an inventor: place in the split, from 1.</param>
/// <param name="closedThrough">The latest month that is closed by now; null: none.</param>
public sealed class StatementTelling(AgreementId agreement, StatementParty party, int? inventor, LedgerMonth month, LedgerMonth? closedThrough)
{
    private readonly SortedDictionary<string, Sums> byCurrency = new(StringComparer.Ordinal);

    /// <summary>Names of the inventors, as of the end of the month.</summary>
    public IReadOnlyList<string> Inventors { get; private set; } = [];

    /// <param name="recordedAtUtc">Decides in which month it stands.</param>
    public void Hear(AgreementEvent happened, DateTimeOffset recordedAtUtc)
    {
        if (recordedAtUtc >= month.EndUtc)
        {
            return;
        }

        Inventors = happened switch
        {
            TrialApplied e => [.. e.Inventors.Inventors.Select(i => i.Name)],
            InventorSplitChanged e => [.. e.Split.Inventors.Select(i => i.Name)],
            _ => Inventors,
        };
        foreach (var entry in AgreementPostings.EntriesFor(happened).GroupBy(e => e.Currency))
        {
            Take(happened, entry.Key, [.. entry.SelectMany(e => e.Legs)], recordedAtUtc);
        }
    }

    /// <summary>By currency; none where there is nothing to say.</summary>
    public IEnumerable<AgreementStatement> Statements() => byCurrency.Values
        .Where(s => s.OpeningMinor != 0 || s.Lines.Count > 0 || s.InTransitMinor != 0 || s.UncollectedMinor != 0)
        .Select(s => new AgreementStatement(
            agreement, s.Currency, s.OpeningMinor, s.Lines, s.BalanceMinor, s.PaidOutMinor, s.InTransitMinor,
            party == StatementParty.Lab ? new LabIncome(s.CollectedMinor, s.FeeMinor, s.BrokerMinor, s.InventorsMinor, s.UncollectedMinor) : null));

    /// <summary>The day from which an event counts in the books.</summary>
    public static DateOnly ValueOn(AgreementEvent happened, DateOnly recordedOn) => happened switch
    {
        ReceiptRecorded e => e.ReceivedOn,
        InterestCharged e => e.Through,
        PaymentRequested e => LocalTime.DateOf(e.AtUtc),
        ObligationInvoiced e => e.On,
        EnforcementCostCharged e => e.On,
        ReceiptAllocated e => e.On,
        AllocationReversed e => e.On,
        ReceiptHeld e => e.On,
        ReceiptReleased e => e.On,
        ReceiptTakenBack e => e.On,
        ObligationWaived e => e.On,
        ObligationCorrected e => e.On,
        ObligationSettledInKind e => e.On,
        HardshipGranted e => e.On,
        DisputeDecided e => e.On,
        IncomeDistributed e => e.On,
        PaymentConcluded e => e.On,
        PaymentMovedLate e => e.On,
        ProviderFeeCharged e => e.On,
        TaxWithheld e => e.On,
        TaxRemitted e => e.On,
        _ => recordedOn,
    };

    private static IReadOnlyList<int> ObligationsOf(AgreementEvent happened) => happened switch
    {
        ObligationInvoiced e => [e.Number],
        InterestCharged e => [e.Number],
        EnforcementCostCharged e => [e.Number],
        ObligationWaived e => [e.Number],
        ObligationCorrected e => [e.Number],
        ObligationSettledInKind e => [e.Number],
        HardshipGranted e => [e.Number],
        DisputeDecided e => [.. e.Reduced.Keys],
        ReceiptAllocated e => Numbers(e.Lines),
        AllocationReversed e => Numbers(e.Lines),
        _ => [],
    };

    private static int[] Numbers(IReadOnlyList<AllocationLine> lines) => [.. lines.Select(l => l.Obligation).Distinct().Order()];

    private void Take(AgreementEvent happened, Currency currency, Leg[] legs, DateTimeOffset recordedAtUtc)
    {
        var sums = byCurrency.TryGetValue(currency.Code, out var known) ? known : byCurrency[currency.Code] = new Sums(currency);
        var isInMonth = recordedAtUtc >= month.StartUtc;
        if (IsPaymentToParty(happened))
        {
            sums.InTransitMinor -= Of(ChartOfAccounts.InTransit.Equals);
            sums.PaidOutMinor -= isInMonth ? Of(ChartOfAccounts.IsCash) : 0;
        }

        if (party == StatementParty.Lab)
        {
            sums.UncollectedMinor -= Of(ChartOfAccounts.LabUncollected.Equals);
            if (isInMonth && happened is ReceiptAllocated or AllocationReversed or IncomeDistributed)
            {
                sums.CollectedMinor += Of(ChartOfAccounts.LabUncollected.Equals);
                sums.FeeMinor -= Of(ChartOfAccounts.PlatformFee.Equals);
                sums.BrokerMinor -= Of(ChartOfAccounts.BrokerPayable.Equals);
                sums.InventorsMinor -= Of(account => account.StartsWith("inventor.payable:", StringComparison.Ordinal));
            }
        }

        foreach (var moved in legs.Where(l => IsOwn(l.Account)).GroupBy(l => l.Account))
        {
            var amountMinor = moved.Aggregate(0L, (sum, l) => checked(sum + l.AmountMinor));
            sums.BalanceMinor = checked(sums.BalanceMinor + amountMinor);
            if (!isInMonth)
            {
                sums.OpeningMinor = sums.BalanceMinor;
            }
            else if (amountMinor != 0)
            {
                sums.Lines.Add(Line(happened, moved.Key, amountMinor, sums.BalanceMinor, LocalTime.DateOf(recordedAtUtc)));
            }
        }

        long Of(Func<string, bool> isIt) => legs.Where(l => isIt(l.Account)).Aggregate(0L, (sum, l) => checked(sum + l.AmountMinor));
    }

    private StatementLine Line(AgreementEvent happened, string account, long amountMinor, long balanceMinor, DateOnly recordedOn)
    {
        var valueOn = ValueOn(happened, recordedOn);
        var meant = LedgerMonth.Of(valueOn);
        return new StatementLine(
            recordedOn, valueOn, happened, account, ObligationsOf(happened), Math.Max(amountMinor, 0), checked(-Math.Min(amountMinor, 0)), balanceMinor,
            meant < month && meant <= closedThrough ? meant : null);
    }

    private bool IsPaymentToParty(AgreementEvent happened) => happened switch
    {
        PaymentRequested { Kind: IntentKind.Payout or IntentKind.Refund } e => IsOwn(e.Account),
        PaymentConcluded { Kind: not IntentKind.Collection } e => IsOwn(e.Account),
        PaymentMovedLate { Account: not "" } e => IsOwn(e.Account),
        _ => false,
    };

    private bool IsOwn(string account) => PartyStatement.IsOwn(party, inventor, account);

    private sealed class Sums(Currency currency)
    {
        public Currency Currency { get; } = currency;

        public List<StatementLine> Lines { get; } = [];

        public long OpeningMinor { get; set; }

        public long BalanceMinor { get; set; }

        public long PaidOutMinor { get; set; }

        public long InTransitMinor { get; set; }

        public long CollectedMinor { get; set; }

        public long FeeMinor { get; set; }

        public long BrokerMinor { get; set; }

        public long InventorsMinor { get; set; }

        public long UncollectedMinor { get; set; }
    }
}
