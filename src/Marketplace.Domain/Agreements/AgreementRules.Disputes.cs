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

        if (c.Contested.Count == 0)
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
        var sum = c.Contested[i];
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
        if ((ByAdministrator(story) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (c.Dispute < 1 || c.Dispute > story.Now.Disputes.Count || !story.Now.Disputes[c.Dispute - 1].IsOpen)
        {
            return Refusal.State("dispute-not-open", "没有这一未决争议。", "There is no such open dispute.");
        }

        var contested = story.Now.Disputes[c.Dispute - 1].Contested;
        for (var i = 0; i < c.NotOwed.Count; i++)
        {
            if (c.NotOwed[i].AmountMinor <= 0 || c.NotOwed[i].AmountMinor > contested.GetValueOrDefault(c.NotOwed[i].Obligation)
                || c.NotOwed.Take(i).Any(s => s.Obligation == c.NotOwed[i].Obligation))
            {
                return Refusal.Invalid("not-owed-out-of-range", "裁定不欠的金额须大于零且不超过争议金额,每笔只列一次。", "What is found not owed is above zero and at most what was contested, each obligation once.", $"notOwed[{i}]");
            }
        }

        // The dispute did not count as delay: days on which the contested part stood still bear no interest.
        foreach (var late in contested.Keys.Where(n => story.Now.Owed(n).Late is not null))
        {
            ChargeInterest(story, late, story.Today);
        }

        story.Tell(new DisputeDecided(
            c.Dispute, c.NotOwed.ToImmutableSortedDictionary(s => s.Obligation, s => s.AmountMinor), story.Now.Terms.Currency, c.Reason, story.Today));
        Allocate(story);
        AfterDebtFell(story);
        return null;
    }
}
