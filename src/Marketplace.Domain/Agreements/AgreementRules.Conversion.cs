using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// Conversion, claims that a trigger has happened, and reported sales.
public sealed partial class AgreementRules
{
    /// <summary>Days in which the other party may contest a claimed trigger; silence confirms it.</summary>
    public const int ContestDays = 15;

    private static void StartLicence(Story story, int? byTrigger)
    {
        story.Tell(new LicenceConverted(story.Today, byTrigger));
        PaymentPlan.AtConversion(story);
        SettleIfNothingIsLeft(story);
    }

    private static Refusal? Claim(Story story, ClaimTrigger c)
    {
        if ((By(story, Party.Both, out var party)
            ?? In(story, Stage.InTrial, Stage.Extended, Stage.DecisionDue, Stage.Converted, Stage.Overdue, Stage.Cure, Stage.Breached)
            ?? KnownTrigger(story, c.Trigger) ?? Text(c.Evidence, "evidence")) is { } refusal)
        {
            return refusal;
        }

        if (c.OccurredOn > story.Today || c.OccurredOn < story.Now.TrialStartedOn || c.OccurredOn >= story.Now.LicenceEndsOn)
        {
            return Refusal.Invalid("dates-out-of-order", "发生日期须在试用开始之后、许可期内且不晚于今天。", "It must have happened after the trial began, before the licence ended, and not in the future.", "occurredOn");
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is { Status: not ClaimStatus.Rejected })
        {
            return Refusal.State("trigger-claimed", "该付款条件已被主张。", "This trigger has been claimed already.");
        }

        story.Tell(new TriggerClaimed(c.Trigger, party, c.Evidence, c.OccurredOn, Deadline(story, story.Today.AddDays(ContestDays)).Date, story.Today));
        return null;
    }

    private static Refusal? Contest(Story story, ContestTrigger c)
    {
        if ((By(story, Party.Both, out var party) ?? KnownTrigger(story, c.Trigger) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is not { Status: ClaimStatus.Open } claim)
        {
            return Refusal.State("claim-not-open", "没有可以异议的主张。", "There is no open claim to contest.");
        }

        if (claim.By == party)
        {
            return Refusal.Forbidden("own-claim", "不能对自己的主张提出异议。", "A party cannot contest its own claim.");
        }

        story.Tell(new TriggerContested(c.Trigger, party, c.Reason, story.Today));
        return null;
    }

    private static Refusal? DecideTrigger(Story story, DecideTrigger c)
    {
        if ((ByPersonInCharge(story) ?? KnownTrigger(story, c.Trigger) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is not { Status: ClaimStatus.Contested } claim)
        {
            return Refusal.State("claim-not-contested", "没有需要裁定的异议。", "There is no contested claim to decide.");
        }

        if (c.Confirm)
        {
            Confirm(story, c.Trigger, claim.OccurredOn, c.Reason);
        }
        else
        {
            story.Tell(new TriggerRejected(c.Trigger, c.Reason, story.Today));
        }

        return null;
    }

    /// <summary>A confirmed trigger in the trial converts the licence: use has begun.</summary>
    private static void Confirm(Story story, int trigger, DateOnly occurredOn, string basis)
    {
        story.Tell(new TriggerConfirmed(trigger, occurredOn, basis, story.Today));
        if (story.Now.Stage is Stage.InTrial or Stage.Extended or Stage.DecisionDue)
        {
            story.Tell(new LicenceConverted(story.Today, trigger));
            PaymentPlan.AtConversion(story);
        }

        if (story.Now.ConvertedOn is not null)
        {
            PaymentPlan.AtConfirmation(story, trigger, occurredOn);
        }

        SettleIfNothingIsLeft(story);
    }

    private static bool HasUndecidedClaim(Agreement a) => a.Claims.Values.Any(c => c.Status is ClaimStatus.Open or ClaimStatus.Contested);

    private static Refusal? KnownTrigger(Story story, int trigger) => trigger >= 0 && trigger < story.Now.Terms.Payments.Count
        ? null
        : Refusal.Invalid("trigger-unknown", "条款中没有这一付款条件。", "The terms have no such payment trigger.", "trigger");

    /// <summary>The period that is to be reported next, or null when there is none (any more).</summary>
    public static (int Number, DateOnly From, DateOnly To, DateOnly ReportDueOn)? NextPeriod(Agreement a)
    {
        if (a.ConvertedOn is not { } start || a.Stage == Stage.None || a.Terms.Reporting is not { } reporting)
        {
            return null;
        }

        var number = a.Reports.Count + 1;
        if (number * reporting.PeriodMonths > a.Terms.CommercialMonths)
        {
            return null;
        }

        // Always counted from the conversion: a start on the 31st clamps in short months and comes back.
        var to = LocalTime.AddMonths(start, number * reporting.PeriodMonths);
        return (number, LocalTime.AddMonths(start, (number - 1) * reporting.PeriodMonths), to, to.AddDays(reporting.ReportDays));
    }

    private static Refusal? ReportSales(Story story, ReportSales c)
    {
        if ((By(story, Party.Company, out _) ?? InCommercialLife(story)) is { } refusal)
        {
            return refusal;
        }

        if (NextPeriod(story.Now) is not { } period)
        {
            return Refusal.State("no-period", "没有待报告的周期。", "There is no period left to report.");
        }

        if (c.Period != period.Number)
        {
            return Refusal.Invalid("period-wrong", $"下一个待报告周期是第{period.Number}期。", $"The next period to report is number {period.Number}.", "period");
        }

        if (story.Today < period.To)
        {
            return Refusal.State("period-running", $"该周期到{period.To:yyyy-MM-dd}才结束。", $"This period ends on {period.To:yyyy-MM-dd}.");
        }

        if (CheckSales(story, c) is { } wrong)
        {
            return wrong;
        }

        Report(story, c, period);
        return null;
    }

    private static Refusal? CheckSales(Story story, ReportSales c)
    {
        if (c.Gross.Currency != story.Now.Terms.Currency)
        {
            return InCurrency(story, c.Gross, "gross");
        }

        if (c.Deductions is null || c.Deductions.Count > 100)
        {
            return Refusal.Invalid("deductions-missing", "请列明扣除项(可为空列表,最多100项)。", "List the deductions, at most 100; an empty list if there are none.", "deductions");
        }

        if (c.Gross.AmountMinor is < 0 or > AgreementTerms.MaxAmountMinor)
        {
            return Refusal.Invalid("amount-out-of-range", "销售额不能为负,且须在系统上限之内。", "Sales are not negative, and within the limit of the system.", "gross.amountMinor");
        }

        long deductionsMinor = 0;
        for (var i = 0; i < c.Deductions.Count; i++)
        {
            if ((Text(c.Deductions[i]?.Kind, $"deductions[{i}].kind", 100) ?? Positive(story.Money(c.Deductions[i].AmountMinor), $"deductions[{i}]")) is { } refusal)
            {
                return refusal;
            }

            if (c.Deductions[i].AmountMinor > c.Gross.AmountMinor - deductionsMinor)
            {
                return Refusal.Invalid("deductions-exceed-sales", "扣除额之和不能超过销售额。", "Deductions cannot exceed the sales.", $"deductions[{i}].amountMinor");
            }

            deductionsMinor += c.Deductions[i].AmountMinor;
        }

        return null;
    }

    private static void Report(Story story, ReportSales c, (int Number, DateOnly From, DateOnly To, DateOnly ReportDueOn) period)
    {
        var reporting = story.Now.Terms.Reporting!;
        var netMinor = checked(c.Gross.AmountMinor - c.Deductions.Sum(d => d.AmountMinor));
        var royalties = PaymentPlan.RoyaltiesOf(story.Now, netMinor);
        var dueOn = period.ReportDueOn.AddDays(reporting.PaymentDays);
        if (dueOn < story.Today)
        {
            dueOn = story.Today;
        }

        story.Tell(new SalesReported(
            period.Number, period.From, period.To, c.Gross, c.Deductions, story.Money(netMinor), story.Money(royalties.Sum(r => r.AmountMinor)), story.Today));
        foreach (var (trigger, amountMinor, why) in royalties)
        {
            PaymentPlan.Arise(story, ObligationKind.Royalty, trigger, period.Number, amountMinor, dueOn, why);
        }

        var periodsPerYear = 12 / reporting.PeriodMonths;
        if (period.Number % periodsPerYear == 0)
        {
            PaymentPlan.AtEndOfYear(story, period.Number, dueOn, periodsPerYear);
        }

        ConfirmWhatSalesProve(story, period.To);
        SettleIfNothingIsLeft(story);
    }

    /// <summary>The company's own reports show that income has arisen and which sums were reached: nobody needs to claim that.</summary>
    private static void ConfirmWhatSalesProve(Story story, DateOnly periodEnd)
    {
        var netMinor = story.Now.Reports.Sum(r => r.NetMinor);
        for (var i = 0; i < story.Now.Terms.Payments.Count; i++)
        {
            var proven = story.Now.Terms.Payments[i] switch
            {
                Milestone { CumulativeNetSalesMinor: { } thresholdMinor } => netMinor >= thresholdMinor,
                Milestone { Event: MilestoneKind.FirstCommercialSale } or DeferredLumpSum => netMinor > 0,
                _ => false,
            };
            if (proven && story.Now.Claims.GetValueOrDefault(i)?.Status != ClaimStatus.Confirmed)
            {
                Confirm(story, i, periodEnd.AddDays(-1), "sales reports");
            }
        }
    }
}
