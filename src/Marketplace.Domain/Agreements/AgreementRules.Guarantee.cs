using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// A guarantor pays first what the company does not, and has the lab's claim for it from then on (Civil Code Art. 700).
public sealed partial class AgreementRules
{
    /// <summary>
    /// Claims the covered part of what is open, as far as the guarantor has not paid its limit. Agreements of before 2026-11-29 may have the
    /// step proposed where nobody guarantees: approved, it claims nothing.
    /// </summary>
    private static void ClaimOnGuarantor(Story story, int number)
    {
        if (ThirdParty.Of(story.Now.Terms) is not { Role: ThirdPartyRole.Guarantor } guarantor)
        {
            return;
        }

        var coveredMinor = story.Money(story.Now.Owed(number).EnforceablePrincipalMinor).Times(guarantor.CoverPpm).AmountMinor;
        var leftMinor = guarantor.LimitMinor - story.Now.GuaranteeClaims.Sum(c => c.AmountMinor);
        if (Math.Min(coveredMinor, leftMinor) is > 0 and var claimedMinor)
        {
            story.Tell(new GuaranteeClaimed(
                number, story.Money(claimedMinor), Deadline(story, story.Today.AddDays(guarantor.ClaimDays)).Date, Explanation.Of(
                    "guarantee", "min(round(openPrincipalMinor × coverPpm ÷ 1000000), limitMinor − claimedMinor)",
                    ("openPrincipalMinor", story.Now.Owed(number).EnforceablePrincipalMinor), ("coverPpm", guarantor.CoverPpm),
                    ("limitMinor", guarantor.LimitMinor), ("claimedMinor", guarantor.LimitMinor - leftMinor)), story.Today));
        }
    }

    /// <summary>A guarantor's money is a fact too: it pays the principal that it was claimed for, and what is above that is unapplied cash.</summary>
    private static Refusal? RecordGuaranteePayment(Story story, RecordGuaranteePayment c)
    {
        if ((ByAdministrator(story) ?? CheckReceipt(story, c.Source, c.Reference, c.Amount, c.ReceivedOn)) is { } refusal)
        {
            return refusal;
        }

        if (c.Claim < 1 || c.Claim > story.Now.GuaranteeClaims.Count)
        {
            return Refusal.Invalid("guarantee-claim-unknown", "没有这项代偿请求。", "There is no such claim on a guarantor.", "claim");
        }

        var claim = story.Now.GuaranteeClaims[c.Claim - 1];
        var number = story.Now.Receipts.Count + 1;
        story.Tell(new ReceiptRecorded(number, c.Source, c.Reference, c.Amount, c.ReceivedOn, c.Claim));
        var owed = story.Now.Owed(claim.Obligation);
        var principalMinor = Math.Min(Math.Min(c.Amount.AmountMinor, claim.AmountMinor - claim.PaidMinor), owed.EnforceablePrincipalMinor);
        if (principalMinor <= 0 || c.Amount.Currency != story.Now.Terms.Currency)
        {
            return null;
        }

        // Interest runs up to the day on which the money arrived, as with the company's own.
        if (owed.IsOverdue)
        {
            TakeInterestBack(story, owed.Number, c.ReceivedOn);
            ChargeInterest(story, owed.Number, c.ReceivedOn);
        }

        TellAllocated(story, number, [new AllocationLine(owed.Number, ObligationComponent.Principal, principalMinor)]);
        story.Tell(new GuaranteePaid(c.Claim, number, story.Money(principalMinor), story.Today));
        if (owed.IsOverdue)
        {
            ChargeInterest(story, owed.Number, owed.Late!.Through);
        }

        AfterDebtFell(story);
        return null;
    }

    /// <summary>What the company has paid back to the guarantor, directly: the platform only keeps count.</summary>
    private static Refusal? RecordRecourse(Story story, RecordRecourse c)
    {
        if ((By(story, Party.Third, out _, orAdministrator: true) ?? InCurrency(story, c.Amount, "amount") ?? Text(c.Reference, "reference", 200)) is { } refusal)
        {
            return refusal;
        }

        if (c.Claim < 1 || c.Claim > story.Now.GuaranteeClaims.Count)
        {
            return Refusal.Invalid("guarantee-claim-unknown", "没有这项代偿请求。", "There is no such claim on a guarantor.", "claim");
        }

        var claim = story.Now.GuaranteeClaims[c.Claim - 1];
        if (c.Amount.AmountMinor > claim.SubrogatedMinor)
        {
            return Refusal.Invalid("recourse-exceeds-claim", "追偿金额不能超过担保人已代偿而未追回的金额。", "More cannot come back than the guarantor has paid and not got back.", "amount.amountMinor");
        }

        story.Tell(new RecourseRecorded(c.Claim, c.Amount, c.Reference, story.Today));
        return null;
    }
}
