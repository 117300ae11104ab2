using System.Collections.Immutable;

namespace Marketplace.Domain.Agreements;

// Disputes: the contested part stands still, the rest stays payable.
public sealed partial class AgreementRules
{
    private static Refusal? OpenDispute(Story story, OpenDispute c)
    {
        if ((By(story, Party.Both, out var party) ?? InCommercialLife(story) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (c.Contested is null || c.Contested.Count == 0)
        {
            return Refusal.Invalid("contested-missing", "请指明有争议的款项和金额。", "Say which sums are contested.", "contested");
        }

        for (var i = 0; i < c.Contested.Count; i++)
        {
            if (CheckContested(story, c, i) is { } wrong)
            {
                return wrong.Under($"contested[{i}]");
            }
        }

        foreach (var late in c.Contested.Where(s => story.Now.Owed(s.Obligation).IsOverdue))
        {
            ChargeInterest(story, late.Obligation, story.Today);
        }

        story.Tell(new DisputeOpened(
            story.Now.Disputes.Count + 1, party, c.Contested.ToImmutableSortedDictionary(s => s.Obligation, s => s.AmountMinor), c.Reason, story.Today));
        return null;
    }

    private static Refusal? CheckContested(Story story, OpenDispute c, int i)
    {
        if (c.Contested[i] is not { } sum)
        {
            return Refusal.Invalid("contested-missing", "请指明有争议的款项和金额。", "Say which sums are contested.");
        }

        if (Existing(story, sum.Obligation, "obligation") is { } unknown)
        {
            return unknown;
        }

        if (c.Contested.Take(i).Any(s => s.Obligation == sum.Obligation))
        {
            return Refusal.Invalid("contested-twice", "同一笔款项只能列一次。", "Name each obligation only once.", "obligation");
        }

        var owed = story.Now.Owed(sum.Obligation);
        if (!owed.WasInvoiced || owed.ContestedMinor > 0)
        {
            return Refusal.State("not-contestable", "只有已开账单且没有争议的款项才能提出争议。", "Only an invoiced sum that is not disputed yet can be contested.");
        }

        return sum.AmountMinor > 0 && sum.AmountMinor <= owed.Principal.OutstandingMinor
            ? null
            : Refusal.Invalid("contested-out-of-range", "争议金额须大于零且不超过未付本金。", "A contested amount is above zero and at most the open principal.", "amountMinor");
    }

    private static Refusal? DecideDispute(Story story, DecideDispute c)
    {
        if ((ByPersonInCharge(story) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (c.Dispute < 1 || c.Dispute > story.Now.Disputes.Count || !story.Now.Disputes[c.Dispute - 1].IsOpen)
        {
            return Refusal.State("dispute-not-open", "没有这一未决争议。", "There is no such open dispute.");
        }

        var dispute = story.Now.Disputes[c.Dispute - 1];
        if (c.NotOwed is null)
        {
            return Refusal.Invalid("not-owed-missing", "请列明裁定不欠的金额（可为空列表）。", "Say what is not owed; an empty list if all of it is owed.", "notOwed");
        }

        for (var i = 0; i < c.NotOwed.Count; i++)
        {
            if (c.NotOwed[i] is not { } sum || sum.AmountMinor <= 0 || sum.AmountMinor > dispute.Contested.GetValueOrDefault(sum.Obligation)
                || c.NotOwed.Take(i).Any(s => s.Obligation == sum.Obligation))
            {
                return Refusal.Invalid("not-owed-out-of-range", "裁定不欠的金额须大于零且不超过争议金额，每笔只列一次。", "What is found not owed is above zero and at most what was contested, each obligation once.", $"notOwed[{i}]");
            }
        }

        // The dispute did not count as delay: days on which the contested part stood still bear no interest.
        foreach (var late in dispute.Contested.Keys.Where(n => story.Now.Owed(n).Late is not null))
        {
            ChargeInterest(story, late, story.Today);
            CreditInterest(story, late, c.NotOwed.FirstOrDefault(s => s.Obligation == late)?.AmountMinor ?? 0, dispute.OpenedOn);
        }

        var cureStoodStillSince = CureStandsStillSince(story.Now);
        story.Tell(new DisputeDecided(
            c.Dispute, c.NotOwed.ToImmutableSortedDictionary(s => s.Obligation, s => s.AmountMinor), story.Now.Terms.Currency, c.Reason, story.Today));
        Allocate(story);
        AfterDebtFell(story);
        if (story.Now.Stage == Stage.Cure && cureStoodStillSince is { } since && CureStandsStillSince(story.Now) is null)
        {
            var days = story.Today.DayNumber - since.DayNumber;
            story.Tell(new CureExtended(days, Deadline(story, story.Now.CureEndsOn!.Value.AddDays(days)).Date, story.Today));
        }

        return null;
    }

    /// <summary>What was never owed bore no interest either. What was paid of that interest is not taken back here.</summary>
    private static void CreditInterest(Story story, int number, long neverOwedMinor, DateOnly contestedOn)
    {
        var owed = story.Now.Owed(number);
        var interestDays = contestedOn.DayNumber - owed.DueOn.DayNumber - owed.FrozenDays;
        var corrected = owed.Late!.Without(neverOwedMinor, interestDays);
        var creditMinor = Math.Min(owed.Late.AccruedMinor - corrected.AccruedMinor, owed.Interest.OutstandingMinor);
        if (creditMinor > 0)
        {
            story.Tell(new InterestCharged(number, story.Money(-creditMinor), corrected.PrincipalDays, corrected.Through));
        }
    }

    /// <summary>Since when all that is overdue is disputed, so that the company has nothing to cure; null while it has.</summary>
    private static DateOnly? CureStandsStillSince(Agreement a)
    {
        var overdue = a.Obligations.Where(o => o.IsOverdue);
        return a.Stage == Stage.Cure && overdue.All(o => o.IsFrozen) ? overdue.Max(o => o.FrozenSince) : null;
    }
}
