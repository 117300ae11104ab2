namespace Marketplace.Domain.Agreements;

// A hardship plan: the company asks, the lab consents, an administrator approves; then other dates replace those of one sum.
public sealed partial class AgreementRules
{
    private const int MostHardshipParts = 36;
    private const int LongestHardshipMonths = 36;

    private static Refusal? RequestHardship(Story story, RequestHardship c)
    {
        if ((By(story, Party.Company, out _) ?? InCommercialLife(story) ?? Existing(story, c.Obligation, "obligation") ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Hardship is not null)
        {
            return Refusal.State("hardship-asked", "已有一份困难还款方案待答复。", "A hardship plan is waiting for its answer already.");
        }

        if (CheckHardship(story, c.Obligation, c.Parts) is { } wrong)
        {
            return wrong;
        }

        story.Tell(new HardshipRequested(c.Obligation, [.. c.Parts], c.WaiveInterest, c.Reason, story.Today));
        return null;
    }

    /// <summary>The parts are the open principal, to the minor unit, on dates that are still to come.</summary>
    private static Refusal? CheckHardship(Story story, int number, IReadOnlyList<HardshipPart> parts)
    {
        var owed = story.Now.Owed(number);
        if (owed.Principal.OutstandingMinor == 0 || owed.ContestedMinor > 0)
        {
            return Refusal.State("nothing-to-replan", "只有尚未付清且没有争议的本金可以重新安排。", "Only principal that is open and undisputed can be rescheduled.");
        }

        if (parts is null || parts.Count is 0 or > MostHardshipParts || parts.Any(p => p is null))
        {
            return Refusal.Invalid("parts-missing", $"请安排1至{MostHardshipParts}期还款。", $"Plan between 1 and {MostHardshipParts} parts.", "parts");
        }

        var (lastDay, sumMinor) = (LocalTime.AddMonths(story.Today, LongestHardshipMonths), 0L);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].DueOn <= (i == 0 ? story.Today : parts[i - 1].DueOn) || parts[i].DueOn > lastDay)
            {
                return Refusal.Invalid(
                    "dates-out-of-order", $"各期须在今天之后、由早到晚，且不超过{LongestHardshipMonths}个月。",
                    $"The parts run from early to late, after today and within {LongestHardshipMonths} months.", $"parts[{i}].dueOn");
            }

            if (parts[i].AmountMinor <= 0 || parts[i].AmountMinor > owed.Principal.OutstandingMinor - sumMinor)
            {
                return Refusal.Invalid("parts-not-whole", "各期之和须等于未付本金。", "The parts sum to the open principal.", $"parts[{i}].amountMinor");
            }

            sumMinor += parts[i].AmountMinor;
        }

        return sumMinor == owed.Principal.OutstandingMinor ? null : Refusal.Invalid("parts-not-whole", "各期之和须等于未付本金。", "The parts sum to the open principal.", "parts");
    }

    private static Refusal? AnswerHardship(Story story, AnswerHardship c)
    {
        if (By(story, Party.Lab, out _) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Hardship is not { LabConsents: false })
        {
            return Refusal.State("no-hardship-asked", "没有待院所答复的困难还款方案。", "No hardship plan is waiting for the lab's answer.");
        }

        if (!c.Consent && Text(c.Reason, "reason") is { } silent)
        {
            return silent;
        }

        story.Tell(c.Consent ? new HardshipConsented(story.Today) : new HardshipDeclined(Party.Lab, c.Reason!, story.Today));
        return null;
    }

    private static Refusal? DecideHardship(Story story, DecideHardship c)
    {
        if ((ByPersonInCharge(story) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Hardship is not { LabConsents: true } asked)
        {
            return Refusal.State("hardship-not-consented", "没有院所同意的困难还款方案待批准。", "No hardship plan that the lab has consented to is waiting for approval.");
        }

        if (!c.Approve)
        {
            story.Tell(new HardshipDeclined(Party.None, c.Reason, story.Today));
            return null;
        }

        if (CheckHardship(story, asked.Obligation, asked.Parts) is { } stale)
        {
            return stale;
        }

        GrantHardship(story, asked);
        return null;
    }

    /// <summary>The principal moves to new sums with dates of their own. Interest and costs so far stay where they are, unless interest is waived.</summary>
    private static void GrantHardship(Story story, HardshipRequest asked)
    {
        ChargeLateInterest(story, asked.Obligation);
        var owed = story.Now.Owed(asked.Obligation);
        var version = story.Now.ScheduleVersion + 1;
        story.Tell(new HardshipGranted(
            owed.Number, story.Money(owed.Principal.OutstandingMinor), story.Money(asked.WaiveInterest ? owed.Interest.OutstandingMinor : 0),
            owed.WasInvoiced, version, story.Context.Actor.Person, story.Today));
        for (var i = 0; i < asked.Parts.Count; i++)
        {
            PaymentPlan.Arise(story, ObligationKind.HardshipPart, owed.Trigger, owed.Period, asked.Parts[i].AmountMinor, asked.Parts[i].DueOn, Explanation.Of(
                Licensing.PaymentTrigger.ClauseOf(owed.Trigger), "amountMinor of the hardship plan that replaces the date of an obligation",
                ("amountMinor", asked.Parts[i].AmountMinor), ("part", $"{i + 1} of {asked.Parts.Count}"), ("obligation", owed.Number), ("scheduleVersion", version)));
        }

        AfterDebtFell(story);
    }
}
