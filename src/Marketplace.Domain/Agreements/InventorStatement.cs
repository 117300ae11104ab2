using System.Globalization;

namespace Marketplace.Domain.Agreements;

/// <summary>What each inventor was due of an agreement, and why: counted from the events, and equal to the ledger's accounts.</summary>
/// <param name="Year">A local year; null: all.</param>
/// <param name="Splits">Every split until the end of that year, oldest first.</param>
public sealed record InventorStatement(
    AgreementId Agreement, int? Year, IReadOnlyList<SplitInForce> Splits, IReadOnlyList<InventorAccount> Inventors, IReadOnlyList<InventorObjection> Objections)
{
    private const string PayeePrefix = "inventor:";

    /// <param name="events">All of the agreement, oldest first.</param>
    public static InventorStatement Of(IEnumerable<AgreementEvent> events, int? year)
    {
        var told = new Telling(year);
        foreach (var happened in events)
        {
            told.Hear(happened);
        }

        return told.Statement();
    }

    /// <summary>Sums of one inventor, minor units.</summary>
    private sealed class Tally
    {
        public List<InventorLine> Lines { get; } = [];

        public long CarriedInMinor { get; set; }

        public long PaidOutMinor { get; set; }

        public long TaxMinor { get; set; }

        public long OnItsWayMinor { get; set; }
    }

    private sealed class Telling(int? year)
    {
        private readonly List<SplitInForce> splits = [];
        private readonly SortedDictionary<int, Tally> tallies = [];
        private readonly SortedDictionary<int, InventorObjection> objections = [];
        private readonly Dictionary<PaymentIntentId, int> payouts = [];
        private readonly Dictionary<PaymentIntentId, int> recoveries = [];
        private AgreementId agreement;
        private Currency currency;

        public void Hear(AgreementEvent happened)
        {
            switch (happened)
            {
                case TrialApplied e:
                    (agreement, currency) = (e.Agreement, e.Terms.Currency);
                    Split(e.Inventors, e.On);
                    break;
                case TermsProposed e:
                    currency = e.Terms.Currency;
                    break;
                case InventorSplitChanged e when Counts(e.On):
                    Split(e.Split, e.On);
                    break;
                case IncomeDistributed e when Counts(e.On):
                    Distribute(e);
                    break;
                case PaymentRequested { Kind: IntentKind.Payout, Payee: { } payee } e when payee.StartsWith(PayeePrefix, StringComparison.Ordinal) && Counts(LocalTime.DateOf(e.AtUtc)):
                    payouts[e.Intent] = int.Parse(payee.AsSpan(PayeePrefix.Length), CultureInfo.InvariantCulture);
                    Of(payouts[e.Intent]).OnItsWayMinor += e.Amount.AmountMinor;
                    break;
                case AllocationReversed e when Counts(e.On):
                    TakeBack(e);
                    break;
                case PaymentRequested { Kind: IntentKind.Recovery, Payee: { } payee } e when payee.StartsWith(PayeePrefix, StringComparison.Ordinal):
                    recoveries[e.Intent] = int.Parse(payee.AsSpan(PayeePrefix.Length), CultureInfo.InvariantCulture);
                    break;
                case PaymentConcluded { Moved: var moved } e when Counts(e.On) && recoveries.TryGetValue(e.Intent, out var inventor):
                    Pay(inventor, -moved, e.On);
                    break;
                case PaymentMovedLate { Moved: var moved } e when Counts(e.On) && recoveries.TryGetValue(e.Intent, out var inventor):
                    Pay(inventor, -moved, e.On);
                    break;
                case PaymentConcluded e when Counts(e.On) && payouts.TryGetValue(e.Intent, out var inventor):
                    Of(inventor).OnItsWayMinor -= e.Requested.AmountMinor;
                    Pay(inventor, e.Moved, e.On);
                    break;
                case PaymentMovedLate e when Counts(e.On) && payouts.TryGetValue(e.Intent, out var inventor):
                    Pay(inventor, e.Moved, e.On);
                    break;
                case TaxWithheld e when Counts(e.On) && (payouts.TryGetValue(e.Intent, out var inventor) || recoveries.TryGetValue(e.Intent, out inventor)):
                    Withhold(inventor, e);
                    break;
                case DistributionObjected e when Counts(e.On):
                    objections[e.Number] = new InventorObjection(e.Number, e.Inventor, e.Receipt, e.SplitVersion, e.Reason, e.On, null);
                    break;
                case DistributionObjectionAnswered e when Counts(e.On):
                    objections[e.Number] = objections[e.Number] with { Answer = new ObjectionAnswer(e.IsUpheld, e.Reason, e.On) };
                    break;
                default:
                    break;
            }
        }

        public InventorStatement Statement() => new(
            agreement, year, splits, [.. tallies.Select(t => Account(t.Key, t.Value))], [.. objections.Values]);

        private bool Counts(DateOnly on) => year is null || on.Year <= year;

        private bool IsEarlier(DateOnly on) => on.Year < year;

        private Tally Of(int inventor) => tallies.TryGetValue(inventor, out var tally) ? tally : tallies[inventor] = new Tally();

        private void Split(InventorSplit split, DateOnly on)
        {
            splits.Add(new SplitInForce(splits.Count + 1, on, split));
            for (var inventor = 1; inventor <= split.Inventors.Count; inventor++)
            {
                Of(inventor);
            }
        }

        private void Distribute(IncomeDistributed e)
        {
            for (var i = 0; i < e.InventorsMinor.Count; i++)
            {
                if (IsEarlier(e.On))
                {
                    Of(i + 1).CarriedInMinor += e.InventorsMinor[i];
                }
                else
                {
                    Of(i + 1).Lines.Add(new InventorLine(
                        e.On, e.Receipt, e.Net, e.Split.PoolPpm, e.Split.Inventors[i].SharePpm, splits[^1].Version, splits[^1].Since,
                        new Money(e.InventorsMinor[i], e.Net.Currency)));
                }
            }
        }

        /// <summary>What was distributed of a receipt that went back, in the split in which that was done last.</summary>
        private void TakeBack(AllocationReversed e)
        {
            for (var i = 0; i < e.InventorsMinor.Count; i++)
            {
                if (e.InventorsMinor[i] == 0)
                {
                    continue;
                }

                if (IsEarlier(e.On))
                {
                    Of(i + 1).CarriedInMinor -= e.InventorsMinor[i];
                }
                else
                {
                    var split = splits[^1];
                    Of(i + 1).Lines.Add(new InventorLine(
                        e.On, e.Receipt, new Money(-(e.Lab.AmountMinor + e.InventorsMinor.Sum()), e.Net.Currency), split.Split.PoolPpm, split.Split.Inventors[i].SharePpm,
                        split.Version, split.Since, new Money(-e.InventorsMinor[i], e.Net.Currency), IsTakenBack: true));
                }
            }
        }

        private void Pay(int inventor, Money moved, DateOnly on)
        {
            if (IsEarlier(on))
            {
                Of(inventor).CarriedInMinor -= moved.AmountMinor;
            }
            else
            {
                Of(inventor).PaidOutMinor += moved.AmountMinor;
            }
        }

        private void Withhold(int inventor, TaxWithheld e)
        {
            if (IsEarlier(e.On))
            {
                Of(inventor).CarriedInMinor -= e.Tax.AmountMinor;
            }
            else
            {
                Of(inventor).TaxMinor += e.Tax.AmountMinor;
            }
        }

        private InventorAccount Account(int inventor, Tally tally)
        {
            var distributedMinor = tally.Lines.Sum(l => l.Amount.AmountMinor);
            Money Sum(long amountMinor) => new(amountMinor, currency);
            return new InventorAccount(
                inventor,
                splits.Last(s => s.Split.Inventors.Count >= inventor).Split.Inventors[inventor - 1].Name,
                Sum(tally.CarriedInMinor),
                Sum(distributedMinor),
                Sum(tally.PaidOutMinor),
                Sum(tally.TaxMinor),
                Sum(tally.OnItsWayMinor),
                Sum(checked(tally.CarriedInMinor + distributedMinor - tally.PaidOutMinor - tally.TaxMinor - tally.OnItsWayMinor)),
                objections.Values.Any(o => o.Inventor == inventor && o.Answer is null),
                tally.Lines);
        }
    }
}

/// <param name="Version">From 1, the split of the application.</param>
public sealed record SplitInForce(int Version, DateOnly Since, InventorSplit Split);

/// <summary>Carried in + distributed − paid out − tax = on its way + payable.</summary>
/// <param name="Inventor">Place in the split, from 1.</param>
/// <param name="CarriedIn">Distributed and not paid out before the year.</param>
/// <param name="Distributed">In the year: the sum of the lines.</param>
/// <param name="PaidOut">In the year: what really moved.</param>
/// <param name="Tax">In the year: withheld of what was paid out.</param>
/// <param name="OnItsWay">Ordered, and not concluded by the end of the year.</param>
/// <param name="Payable">Still to be paid at the end of the year. Negative: a payout that had been given up for lost moved after all.</param>
/// <param name="IsHeld">An objection waits for its answer: nothing is paid out meanwhile.</param>
public sealed record InventorAccount(
    int Inventor, string Name, Money CarriedIn, Money Distributed, Money PaidOut, Money Tax, Money OnItsWay, Money Payable, bool IsHeld, IReadOnlyList<InventorLine> Lines);

/// <summary>One share of one receipt.</summary>
/// <param name="Net">What was divided between lab and inventors.</param>
/// <param name="PoolPpm">Part of it for all inventors.</param>
/// <param name="SharePpm">Part of the pool for this one.</param>
/// <param name="SplitSince">Since when this split had held.</param>
/// <param name="IsTakenBack">The receipt went back: negative, in the proportion in which it had been distributed.</param>
public sealed record InventorLine(
    DateOnly On, int Receipt, Money Net, long PoolPpm, long SharePpm, int SplitVersion, DateOnly SplitSince, Money Amount, bool IsTakenBack = false);

/// <param name="Answer">Null: open.</param>
public sealed record InventorObjection(int Number, int Inventor, int? Receipt, int SplitVersion, string Reason, DateOnly On, ObjectionAnswer? Answer);

public sealed record ObjectionAnswer(bool IsUpheld, string Reason, DateOnly On);
