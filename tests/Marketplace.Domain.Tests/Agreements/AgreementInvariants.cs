using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What must be true of every agreement after every command.</summary>
internal static class AgreementInvariants
{
    private static readonly Dictionary<Stage, Stage[]> Allowed = new()
    {
        [Stage.None] = [Stage.Applied],
        [Stage.Applied] = [Stage.Negotiating, Stage.Declined, Stage.Withdrawn],
        [Stage.Declined] = [],
        [Stage.Withdrawn] = [],
        [Stage.Negotiating] = [Stage.Agreed, Stage.Withdrawn],
        [Stage.Agreed] = [Stage.Negotiating, Stage.Signed, Stage.Withdrawn],
        [Stage.Signed] = [Stage.Filed],
        [Stage.Filed] = [Stage.Delivered],
        [Stage.Delivered] = [Stage.InTrial],
        [Stage.InTrial] = [Stage.DecisionDue, Stage.Extended, Stage.Converted, Stage.Returned, Stage.Expired],
        [Stage.DecisionDue] = [Stage.Extended, Stage.Converted, Stage.Returned, Stage.Expired],
        [Stage.Extended] = [Stage.DecisionDue, Stage.Converted, Stage.Returned, Stage.Expired],
        [Stage.Converted] = [Stage.Overdue, Stage.Settled],
        [Stage.Overdue] = [Stage.Cure, Stage.Converted],
        [Stage.Cure] = [Stage.Breached, Stage.Converted],
        [Stage.Breached] = [Stage.Terminated, Stage.Converted],
        [Stage.Returned] = [Stage.Closed],
        [Stage.Expired] = [Stage.Closed],
        [Stage.Terminated] = [Stage.Closed],
        [Stage.Settled] = [Stage.Closed],
        [Stage.Closed] = [],
    };

    /// <param name="news">The events between the two states.</param>
    public static void Hold(Agreement before, Agreement after, IReadOnlyList<AgreementEvent> news, DateTimeOffset nowUtc)
    {
        OnlyAllowedTransitions(before, news);
        EntriesBalance(before, after, news);
        ObligationsAddUp(after);
        LedgerMirrorsObligations(after);
        MoneyIsSomewhere(after);
        PlanIsWhole(after);
        StageFitsTheDebts(after);
        NothingIsOverdueForTheClock(after, nowUtc);
        foreach (var step in news.OfType<EnforcementStepTaken>())
        {
            Assert.True(step.DueOn <= LocalTime.DateOf(nowUtc), $"{step.Step} taken before {step.DueOn:O}");
        }
    }

    private static void OnlyAllowedTransitions(Agreement state, IReadOnlyList<AgreementEvent> news)
    {
        foreach (var happened in news)
        {
            var next = AgreementRules.Apply(state, happened);
            Assert.True(next.Stage == state.Stage || Allowed[state.Stage].Contains(next.Stage), $"{happened.GetType().Name} led from {state.Stage} to {next.Stage}");
            state = next;
        }
    }

    private static void EntriesBalance(Agreement before, Agreement after, IReadOnlyList<AgreementEvent> news)
    {
        var expected = before.Balances.ToDictionary();
        foreach (var entry in news.SelectMany(AgreementPostings.EntriesFor))
        {
            Assert.True(entry.Legs.Count >= 2);
            Assert.DoesNotContain(entry.Legs, l => l.AmountMinor == 0);
            Assert.Equal(0, entry.Legs.Sum(l => l.AmountMinor));
            foreach (var leg in entry.Legs)
            {
                Assert.NotNull(ChartOfAccounts.Describe(leg.Account));
                var key = $"{leg.Account}|{entry.Currency.Code}";
                expected[key] = expected.GetValueOrDefault(key) + leg.AmountMinor;
            }
        }

        Assert.Equal(expected.OrderBy(b => b.Key, StringComparer.Ordinal), after.Balances);
        foreach (var currency in after.Balances.GroupBy(b => b.Key.Split('|')[1]))
        {
            Assert.Equal(0, currency.Sum(b => b.Value));
        }
    }

    private static void ObligationsAddUp(Agreement a)
    {
        for (var i = 0; i < a.Obligations.Count; i++)
        {
            var owed = a.Obligations[i];
            Assert.Equal(i + 1, owed.Number);
            foreach (var part in new[] { owed.Principal, owed.Interest, owed.Costs })
            {
                Assert.True(part is { AllocatedMinor: >= 0, WaivedMinor: >= 0, OutstandingMinor: >= 0 }, $"obligation {owed.Number}: {part}");
            }

            var openlyContested = a.Disputes.Where(d => d.IsOpen).Sum(d => d.Contested.GetValueOrDefault(owed.Number));
            Assert.Equal(openlyContested, owed.ContestedMinor);
            Assert.InRange(owed.ContestedMinor, 0, owed.Principal.OutstandingMinor);
            Assert.Equal(owed.IsFrozen, owed.FrozenSince is not null);
            Assert.True(owed.Proposed.IsEmpty || owed.IsOpen, $"steps proposed for obligation {owed.Number}, which is settled");
            if (owed.Late is { } late)
            {
                Assert.True(late.PrincipalDays >= 0);
                Assert.True(owed.Interest.ChargedMinor >= 0);
                if (a.Disputes.Count == 0)
                {
                    Assert.Equal(late.AccruedMinor, owed.Interest.ChargedMinor);
                }
            }
        }
    }

    private static void LedgerMirrorsObligations(Agreement a)
    {
        if (a.Stage == Stage.None)
        {
            return;
        }

        var currency = a.Terms.Currency;
        var (principal, interest, costs) = (
            a.Obligations.Where(o => o.WasInvoiced).Sum(o => o.Principal.OutstandingMinor),
            a.Obligations.Sum(o => o.Interest.OutstandingMinor),
            a.Obligations.Sum(o => o.Costs.OutstandingMinor));
        Assert.Equal(principal, a.BalanceMinor(ChartOfAccounts.ReceivablePrincipal, currency));
        Assert.Equal(interest, a.BalanceMinor(ChartOfAccounts.ReceivableInterest, currency));
        Assert.Equal(costs, a.BalanceMinor(ChartOfAccounts.ReceivableCosts, currency));
        Assert.Equal(-(principal + interest + costs), a.BalanceMinor(ChartOfAccounts.LabUncollected, currency));
        Assert.Equal(-a.Receipts.Sum(r => r.NetUndistributedMinor), a.BalanceMinor(ChartOfAccounts.LabUndistributed, currency));
    }

    /// <summary>Allocated + unapplied + refunded = received, and cash is what came less what left.</summary>
    private static void MoneyIsSomewhere(Agreement a)
    {
        foreach (var currency in a.Receipts.Select(r => r.Amount.Currency).Concat(a.Intents.Select(i => i.Amount.Currency)).Distinct())
        {
            var received = a.Receipts.Where(r => r.Amount.Currency == currency).Sum(r => r.Amount.AmountMinor);
            var unapplied = a.Receipts.Where(r => r.Amount.Currency == currency).Sum(r => r.UnappliedMinor);
            var outgoing = a.Intents.Where(i => i.Kind != IntentKind.Collection && i.Amount.Currency == currency).ToArray();
            var refunded = outgoing.Where(i => i.Kind == IntentKind.Refund).Sum(i => i.IsOpen ? i.Amount.AmountMinor : i.MovedMinor);
            var allocated = currency != a.Terms.Currency ? 0
                : a.Obligations.Sum(o => o.Principal.AllocatedMinor + o.Interest.AllocatedMinor + o.Costs.AllocatedMinor);
            Assert.Equal(received, allocated + unapplied + refunded);
            Assert.Equal(-unapplied, a.BalanceMinor(ChartOfAccounts.Unapplied, currency));
            Assert.Equal(-outgoing.Where(i => i.IsOpen).Sum(i => i.Amount.AmountMinor), a.BalanceMinor(ChartOfAccounts.InTransit, currency));
            Assert.Equal(received - outgoing.Where(i => !i.IsOpen).Sum(i => i.MovedMinor), a.BalanceMinor(ChartOfAccounts.Cash, currency));
        }
    }

    private static void PlanIsWhole(Agreement a)
    {
        if (a.ConvertedOn is not { } convertedOn)
        {
            Assert.Empty(a.Obligations);
            return;
        }

        for (var i = 0; i < a.Terms.Payments.Count; i++)
        {
            var arisen = a.Obligations.Where(o => o.Trigger == i).ToArray();
            var once = arisen.Length <= 1;
            switch (a.Terms.Payments[i])
            {
                case Instalments p:
                    Assert.Equal(p.TotalMinor, arisen.Sum(o => o.Principal.ChargedMinor));
                    break;
                case DeferredLumpSum p:
                    Assert.True(once && arisen.All(o => o.Principal.ChargedMinor == p.AmountMinor));
                    break;
                case Milestone p:
                    Assert.True(once && arisen.All(o => o.Principal.ChargedMinor == p.AmountMinor));
                    break;
                default:
                    Assert.Equal(arisen.Length, arisen.Select(o => o.Period).Distinct().Count()); // each period is billed once
                    break;
            }
        }

        for (var i = 0; i < a.Reports.Count; i++)
        {
            Assert.Equal(i + 1, a.Reports[i].Number);
            Assert.Equal(i == 0 ? convertedOn : a.Reports[i - 1].To, a.Reports[i].From);
            Assert.True(a.Reports[i].From < a.Reports[i].To && a.Reports[i].To <= a.LicenceEndsOn);
        }
    }

    private static void StageFitsTheDebts(Agreement a)
    {
        Assert.Equal(a.Obligations.Any(o => o.IsOverdue), a.Obligations.Any(o => o.Status == ObligationStatus.Overdue));
        switch (a.Stage)
        {
            case Stage.Converted:
                Assert.DoesNotContain(a.Obligations, o => o.IsOverdue);
                break;
            case Stage.Overdue or Stage.Cure or Stage.Breached:
                Assert.Contains(a.Obligations, o => o.IsOverdue);
                break;
            case Stage.Settled or Stage.Closed:
                Assert.DoesNotContain(a.Obligations, o => o.IsOpen);
                break;
            default:
                break;
        }

        // Active: every party signed the same hash.
        if (a.Stage is not (Stage.None or Stage.Applied or Stage.Declined or Stage.Withdrawn or Stage.Negotiating or Stage.Agreed))
        {
            Assert.Equal(Party.Both, a.SignedBy);
            Assert.Equal(AgreementRules.DocumentHash(a, a.Proposals[^1]), a.DocumentHash);
        }
    }

    private static void NothingIsOverdueForTheClock(Agreement a, DateTimeOffset nowUtc)
    {
        foreach (var purpose in Enum.GetValues<WakePurpose>())
        {
            Assert.False(AgreementRules.NextWakeUtc(a, purpose) <= nowUtc, $"{purpose} is still due");
        }
    }
}
