using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>
/// What must be true of every agreement, said a second time and in another way than by the rules that make it true: after each event
/// (<see cref="OfEvent"/>), and between commands (<see cref="OfState"/>, <see cref="AtRest"/>). Nothing is yielded when all is well.
/// </summary>
public static partial class AgreementInvariants
{
    /// <summary>What is broken in an agreement between two commands.</summary>
    public static IEnumerable<BrokenInvariant> OfState(Agreement a) => a.Stage == Stage.None
        ? []
        : [.. Obligations(a), .. Receivables(a), .. MoneyIsSomewhere(a), .. PaidOut(a), .. Plan(a), .. Periods(a), .. StageFitsTheDebts(a), .. FapiaoFit(a)];

    /// <summary>What time had made due when the last command was decided, and nobody did.</summary>
    public static IEnumerable<BrokenInvariant> AtRest(Agreement a, DateTimeOffset nowUtc)
    {
        foreach (var purpose in Enum.GetValues<WakePurpose>())
        {
            if (AgreementRules.NextWakeUtc(a, purpose) is { } due && due <= nowUtc)
            {
                yield return new BrokenInvariant(Invariant.DueIsActedUpon, $"{purpose} were due at {due:O} and are still waiting at {nowUtc:O}");
            }
        }
    }

    private static IEnumerable<BrokenInvariant> Obligations(Agreement a)
    {
        for (var i = 0; i < a.Obligations.Count; i++)
        {
            var owed = a.Obligations[i];
            string? wrong = null;
            if (owed.Number != i + 1)
            {
                wrong = $"stands at place {i + 1}";
            }
            else if (!Holds(owed.Principal) || !Holds(owed.Interest) || !Holds(owed.Costs))
            {
                wrong = $"allocated or waived more than charged: {owed.Principal}, {owed.Interest}, {owed.Costs}";
            }
            else if ((owed.Status is ObligationStatus.Paid or ObligationStatus.Waived) == (owed.OutstandingMinor > 0))
            {
                wrong = $"is {owed.Status} with {owed.OutstandingMinor} open";
            }
            else if (a.Disputes.Where(d => d.IsOpen).Sum(d => d.Contested.GetValueOrDefault(owed.Number)) != owed.ContestedMinor
                || owed.ContestedMinor < 0 || owed.ContestedMinor > owed.Principal.OutstandingMinor)
            {
                wrong = $"{owed.ContestedMinor} contested does not fit the open disputes or the open principal";
            }
            else if (owed.IsFrozen != owed.FrozenSince is not null)
            {
                wrong = "stands still, or does not, against its disputes";
            }
            else if (owed.Late is { } late && (late.PrincipalDays < 0 || (a.Disputes.Count == 0 && late.AccruedMinor != owed.Interest.ChargedMinor)))
            {
                wrong = $"accrued {late.AccruedMinor} and charged {owed.Interest.ChargedMinor} of interest";
            }
            else if (!owed.IsOpen && owed.Proposed.Count > 0)
            {
                wrong = "is settled, and steps of enforcement still wait for approval";
            }

            if (wrong is not null)
            {
                yield return new BrokenInvariant(Invariant.AllocatedAtMostDue, $"obligation {owed.Number} {wrong}");
            }
        }

        static bool Holds(Component part) => part is { ChargedMinor: >= 0, AllocatedMinor: >= 0, WaivedMinor: >= 0, InKindMinor: >= 0, OutstandingMinor: >= 0 };
    }

    /// <summary>The books say that the company owes exactly what its obligations say.</summary>
    private static IEnumerable<BrokenInvariant> Receivables(Agreement a)
    {
        var principal = a.Obligations.Where(o => o.WasInvoiced).Sum(o => o.Principal.OutstandingMinor);
        var interest = a.Obligations.Sum(o => o.Interest.OutstandingMinor);
        var costs = a.Obligations.Sum(o => o.Costs.OutstandingMinor);
        return new[]
        {
            Account(a, Invariant.AllocatedAtMostDue, ChartOfAccounts.ReceivablePrincipal, principal),
            Account(a, Invariant.AllocatedAtMostDue, ChartOfAccounts.ReceivableInterest, interest),
            Account(a, Invariant.AllocatedAtMostDue, ChartOfAccounts.ReceivableCosts, costs),
            Account(a, Invariant.AllocatedAtMostDue, ChartOfAccounts.LabUncollected, -checked(principal + interest + costs)),
        }.OfType<BrokenInvariant>();
    }

    private static IEnumerable<BrokenInvariant> MoneyIsSomewhere(Agreement a)
    {
        foreach (var currency in Currencies(a))
        {
            var receipts = a.Receipts.Where(r => r.Amount.Currency == currency).ToArray();
            var outgoing = a.Intents.Where(i => i.Kind is IntentKind.Payout or IntentKind.Refund && i.Amount.Currency == currency).ToArray();
            var received = receipts.Sum(r => r.Amount.AmountMinor);
            var unapplied = receipts.Sum(r => r.UnappliedMinor);
            var refunded = outgoing.Where(i => i.Kind == IntentKind.Refund).Sum(GoneMinor);
            var allocated = currency == a.Terms.Currency ? AllocatedMinor(a) : 0;
            var takenBack = receipts.Sum(r => r.TakenBackMinor);
            var held = a.Reversals.Where(r => r.Status == ReversalStatus.Held && a.Receipts[r.Receipt - 1].Amount.Currency == currency).Sum(r => r.AmountMinor);
            var recovered = a.Intents.Where(i => i.Kind == IntentKind.Recovery && i.Amount.Currency == currency).Sum(i => i.MovedMinor);
            var fees = a.Intents.Where(i => i.Amount.Currency == currency).Sum(i => i.FeeMinor);
            if (received != allocated + unapplied + refunded + takenBack || allocated != receipts.Sum(r => r.AllocatedMinor))
            {
                yield return new BrokenInvariant(
                    Invariant.MoneyIsSomewhere,
                    $"received {received} {currency}, but allocated {allocated} (of receipts {receipts.Sum(r => r.AllocatedMinor)}) + unapplied {unapplied} + refunded {refunded} + taken back {takenBack}");
            }

            var cash = a.CashMinor(currency);
            var cashExpected = received - outgoing.Where(i => !i.IsOpen).Sum(i => i.MovedMinor) - takenBack - held - fees + recovered;
            if (cash != cashExpected)
            {
                yield return new BrokenInvariant(Invariant.CashAgreesWithProvider, $"cash of all providers stands at {cash} {currency}, the agreement says {cashExpected}");
            }

            foreach (var wrong in new[]
            {
                Account(a, Invariant.MoneyIsSomewhere, ChartOfAccounts.Unapplied, -unapplied, currency),
                Account(a, Invariant.CashAgreesWithProvider, ChartOfAccounts.InTransit, -outgoing.Where(i => i.IsOpen).Sum(i => i.Amount.AmountMinor), currency),
                Account(a, Invariant.CashAgreesWithProvider, ChartOfAccounts.Disputed, held, currency),
            }.OfType<BrokenInvariant>())
            {
                yield return wrong;
            }
        }

        foreach (var intent in a.Intents.Where(i => i.Kind == IntentKind.Collection && !i.IsOpen))
        {
            var arrived = a.Receipts.Where(r => IsOf(r.Source, r.Reference, intent)).Sum(r => r.Amount.AmountMinor);
            if (arrived != intent.MovedMinor)
            {
                yield return new BrokenInvariant(Invariant.CashAgreesWithProvider, $"{intent.Provider} moved {intent.MovedMinor} for {intent.Id}, receipts of it are {arrived}");
            }
        }

        foreach (var receipt in a.Receipts)
        {
            var refunded = a.Intents.Where(i => i.Receipt == receipt.Number).Sum(GoneMinor);
            if (refunded > receipt.Amount.AmountMinor && receipt.UnappliedMinor >= 0)
            {
                yield return new BrokenInvariant(Invariant.RefundedAtMostCaptured, $"of receipt {receipt.Number}, {receipt.Amount}, {refunded} was refunded and nothing is owed back");
            }
        }
    }

    /// <summary>
    /// Collected less fees is either paid out, on its way, withheld as tax, or still owed to lab and inventors. Owed may be negative: a payout that was
    /// given up for lost, paid again, and moved after all. Then it is a receivable, and on the books.
    /// </summary>
    private static IEnumerable<BrokenInvariant> PaidOut(Agreement a)
    {
        var currency = a.Terms.Currency;
        if (a.Receipts.Any(r => r.NetUndistributedMinor < 0))
        {
            yield return new BrokenInvariant(Invariant.PaidOutIsCovered, "more was distributed of a receipt than came of it");
        }

        if (Account(a, Invariant.PaidOutIsCovered, ChartOfAccounts.LabUndistributed, -a.Receipts.Sum(r => r.NetUndistributedMinor)) is { } undistributed)
        {
            yield return undistributed;
        }

        var collected = AllocatedMinor(a);
        var fees = -a.BalanceMinor(ChartOfAccounts.PlatformFee, currency);
        var paid = a.Intents.Where(i => i.Kind == IntentKind.Payout).Sum(GoneMinor) - a.Intents.Where(i => i.Kind == IntentKind.Recovery).Sum(i => i.MovedMinor);
        var held = a.Receipts.Sum(r => r.NetUndistributedMinor);
        var owed = -a.Balances.Where(b => IsPayable(b.Key, currency)).Sum(b => b.Value);
        var taxed = a.Intents.Sum(i => i.TaxWithheldMinor);
        if (taxed != checked(-a.BalanceMinor(ChartOfAccounts.TaxPayable, currency) - a.BalanceMinor(ChartOfAccounts.BankOther, currency))
            || a.Intents.Any(i => i.Kind == IntentKind.Payout && AgreementRules.TaxLeftMinor(a, i) != 0))
        {
            yield return new BrokenInvariant(Invariant.PaidOutIsCovered, $"{taxed} of tax was withheld, which does not fit the payouts, or is not on the books or remitted");
        }

        var income = a.IncomeMinor.Values.Sum();
        var shared = -a.BalanceMinor(ChartOfAccounts.BrokerPayable, currency) + a.Intents.Where(i => i is { Payee: PaymentIntent.Broker, Kind: IntentKind.Payout }).Sum(GoneMinor)
            - a.Intents.Where(i => i is { Payee: PaymentIntent.Broker, Kind: IntentKind.Recovery }).Sum(i => i.MovedMinor)
            + a.Intents.Where(i => i.Payee == PaymentIntent.Broker).Sum(i => i.TaxWithheldMinor);
        if (income != collected - fees - shared)
        {
            yield return new BrokenInvariant(Invariant.PartsSumToTheWhole, $"income of all years is {income}, collected {collected} less fees {fees} and the broker's {shared}");
        }

        if (fees < 0 || fees > collected || collected - fees != paid + taxed + held + owed)
        {
            yield return new BrokenInvariant(
                Invariant.PaidOutIsCovered, $"collected {collected} less fees {fees} is not paid out {paid} + withheld {taxed} + undistributed {held} + payable {owed}");
        }
    }

    private static IEnumerable<BrokenInvariant> Plan(Agreement a)
    {
        if (a.ConvertedOn is null)
        {
            if (a.Obligations.Count > 0)
            {
                yield return new BrokenInvariant(Invariant.PartsSumToTheWhole, "sums are owed before the licence");
            }

            yield break;
        }

        for (var i = 0; i < a.Terms.Payments.Count; i++)
        {
            var arisen = a.Obligations.Where(o => o.Trigger == i).ToArray();
            long? agreed = a.Terms.Payments[i] switch
            {
                Instalments p => p.TotalMinor,
                EntryFee p => p.AmountMinor,
                DeferredLumpSum p => arisen.Length == 0 ? 0 : p.AmountMinor,
                Milestone p => arisen.Length == 0 ? 0 : p.AmountMinor,
                ConditionalSum p => arisen.Length == 0 ? 0 : p.AmountMinor,
                EquityConversion p => arisen.Length == 0 ? 0 : p.AmountMinor,
                StackingReduction or CumulativeCap => 0,
                _ => null,
            };
            var sum = arisen.Sum(o => o.Principal.ChargedMinor - o.CorrectedMinor);
            if (agreed is { } total && sum != total)
            {
                yield return new BrokenInvariant(Invariant.PartsSumToTheWhole, $"clause {PaymentTrigger.ClauseOf(i)} says {total}, its obligations sum to {sum}");
            }

        }

        foreach (var owed in SalesMeter.Run(a.Terms, a.Reports.Select(r => r.Figures)).GroupBy(l => l.Trigger))
        {
            // More can be billed than owed only when it was paid before a correction: it is set off against what comes next.
            var (owedMinor, billed) = (owed.Sum(l => l.AmountMinor), a.Obligations.Where(o => o.Trigger == owed.Key).ToArray());
            var billedMinor = billed.Sum(o => o.Principal.ChargedMinor - o.CorrectedMinor);
            if (billedMinor < owedMinor || (billedMinor > owedMinor && a.Disputes.Count == 0 && billed.Any(o => o.EnforceablePrincipalMinor > 0)))
            {
                yield return new BrokenInvariant(
                    Invariant.PartsSumToTheWhole, $"clause {PaymentTrigger.ClauseOf(owed.Key)} owes {owedMinor} on what was reported, its obligations sum to {billedMinor}");
            }
        }
    }

    private static IEnumerable<BrokenInvariant> Periods(Agreement a)
    {
        for (var i = 0; i < a.Reports.Count; i++)
        {
            var period = a.Reports[i];
            var from = i == 0 ? a.ConvertedOn : a.Reports[i - 1].To;
            if (period.Number != i + 1 || period.From != from || period.To <= period.From || period.To > a.LicenceEndsOn)
            {
                yield return new BrokenInvariant(
                    Invariant.PartsSumToTheWhole, $"period {period.Number} from {period.From:O} to {period.To:O} does not follow {from:O}, or passes the end of the licence");
            }
        }
    }

    private static IEnumerable<BrokenInvariant> StageFitsTheDebts(Agreement a)
    {
        var fits = a.Stage switch
        {
            Stage.Converted => !a.Obligations.Any(o => o.IsOverdue),
            Stage.Overdue or Stage.Cure or Stage.Breached => a.Obligations.Any(o => o.IsOverdue),
            Stage.Settled or Stage.Closed => !a.Obligations.Any(o => o.IsOpen),
            _ => true,
        };
        if (!fits)
        {
            yield return new BrokenInvariant(Invariant.OnlyAllowedTransitions, $"{a.Stage} does not fit what is open and overdue");
        }
    }

    /// <summary>Fapiao that stand: each number once, red ones within their blue one, all of a sum within its principal, which never grows.</summary>
    private static IEnumerable<BrokenInvariant> FapiaoFit(Agreement a)
    {
        var standing = a.Fapiao.Where(f => f.Stands).ToArray();
        foreach (var twice in standing.GroupBy(f => f.Number).Where(g => g.Count() > 1))
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, $"fapiao {twice.Key} is recorded {twice.Count()} times");
        }

        foreach (var blue in standing.GroupBy(f => f.Blue ?? f.Record))
        {
            var (total, tax) = (blue.Sum(f => f.TotalMinor), blue.Sum(f => f.TaxMinor));
            if (total < 0 || tax < 0 || blue.First() is not { Blue: null, TotalMinor: > 0 } first || total > first.TotalMinor || blue.Any(f => f.Obligation != first.Obligation))
            {
                yield return new BrokenInvariant(Invariant.PartsSumToTheWhole, $"red fapiao leave {total}, of it tax {tax}, of fapiao record {blue.Key}");
            }
        }

        foreach (var owed in standing.Select(f => f.Obligation).Distinct().Select(a.Owed))
        {
            if (!owed.WasInvoiced || a.FapiaoMinor(owed.Number) > owed.Principal.ChargedMinor)
            {
                yield return new BrokenInvariant(Invariant.PartsSumToTheWhole, $"fapiao of {a.FapiaoMinor(owed.Number)} for obligation {owed.Number} of {owed.Principal.ChargedMinor}");
            }
        }
    }

    /// <summary>Money of an outgoing intent that has left, or may have.</summary>
    private static long GoneMinor(PaymentIntent intent) => intent.IsOpen ? intent.Amount.AmountMinor : intent.MovedMinor;

    private static long AllocatedMinor(Agreement a) =>
        a.Obligations.Sum(o => checked(o.Principal.AllocatedMinor + o.Interest.AllocatedMinor + o.Costs.AllocatedMinor));

    private static IEnumerable<Currency> Currencies(Agreement a) =>
        a.Receipts.Select(r => r.Amount.Currency).Concat(a.Intents.Select(i => i.Amount.Currency)).Distinct();

    /// <summary>A receipt of money that the provider collected for this intent: named by it, and by a number from the second on.</summary>
    private static bool IsOf(string source, string reference, PaymentIntent intent) =>
        source == intent.Provider && reference.Split('#')[0] == intent.Id.Value;

    private static bool IsPayable(string balance, Currency currency) =>
        balance.EndsWith($"|{currency.Code}", StringComparison.Ordinal)
        && (balance.StartsWith(ChartOfAccounts.LabPayable + "|", StringComparison.Ordinal) || balance.StartsWith(ChartOfAccounts.BrokerPayable + "|", StringComparison.Ordinal) || balance.StartsWith("inventor.payable:", StringComparison.Ordinal));

    private static BrokenInvariant? Account(Agreement a, int invariant, string account, long expectedMinor, Currency? currency = null)
    {
        var balanceMinor = a.BalanceMinor(account, currency ?? a.Terms.Currency);
        return balanceMinor == expectedMinor ? null : new BrokenInvariant(invariant, $"account {account} stands at {balanceMinor}, the agreement says {expectedMinor}");
    }
}
