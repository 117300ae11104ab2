using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>What an agreement still has before it, as far as dates are known. Looks only; deadlines themselves are kept by the rules.</summary>
public static class Outlook
{
    /// <summary>The dates to come, earliest first.</summary>
    public static IReadOnlyList<UpcomingStep> Of(Agreement a) => [.. Steps(a).OrderBy(s => s.On).ThenBy(s => s.Kind).ThenBy(s => s.Number)];

    private static IEnumerable<UpcomingStep> Steps(Agreement a)
    {
        if (a.Stage == Stage.Negotiating)
        {
            if (a.Newest is { ValidUntil: { } last, Version: var version })
            {
                yield return new(last, UpcomingKind.ProposalLapses, version);
            }

            yield return new(AgreementRules.SilentUntil(a), UpcomingKind.NegotiationLapses);
        }

        if (a is { Stage: Stage.Signed, FilingDueOn: { } filing, FilingMissed: false })
        {
            yield return new(filing, UpcomingKind.FilingDue);
        }

        if (a is { Stage: Stage.Delivered, AcceptanceDueOn: { } acceptance })
        {
            yield return new(acceptance, UpcomingKind.DeemedAcceptance);
        }

        if (a is { Stage: Stage.InTrial or Stage.Extended or Stage.DecisionDue, TrialEndsOn: { } trialEnd })
        {
            yield return new(trialEnd, UpcomingKind.TrialEnds);
        }

        if (a.SignOff is { Status: SignOffStatus.Requested } asked)
        {
            yield return new(asked.AnswerDueOn, UpcomingKind.SignOffConfirmedBySilence);
        }

        foreach (var claim in a.Claims.Values.Where(c => c.Status == ClaimStatus.Open))
        {
            yield return new(claim.ContestUntil, UpcomingKind.ClaimConfirmedBySilence, claim.Trigger);
        }

        foreach (var owed in a.Obligations.Where(o => o is { IsOpen: true, Late: null, IsFrozen: false }))
        {
            yield return new(owed.DueOn, UpcomingKind.PaymentDue, owed.Number, new Money(owed.OutstandingMinor, a.Terms.Currency));
        }

        foreach (var owed in a.Obligations.Where(o => o.IsOverdue && !o.IsFrozen))
        {
            if (EnforcementLadder.Next(a.Terms, owed.StepsTaken) is { } next)
            {
                yield return new(owed.DueOn.AddDays(next.Day + owed.FrozenDays), UpcomingKind.EnforcementStep, owed.Number, Step: next.Step);
            }
        }

        foreach (var owed in a.Obligations.Where(o => o.LimitationEndsOn is not null))
        {
            yield return new(owed.LimitationEndsOn!.Value, UpcomingKind.LimitationEnds, owed.Number);
        }

        if (a is { Stage: Stage.Cure, CureEndsOn: { } cureEnd })
        {
            yield return new(cureEnd, UpcomingKind.CureEnds);
        }

        if (a.Stage is Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached)
        {
            if (AgreementRules.NextPeriod(a) is { } period)
            {
                yield return new(period.ReportDueOn, UpcomingKind.SalesReportDue, period.Number);
            }

            yield return new(a.LicenceEndsOn!.Value, UpcomingKind.LicenceEnds);
        }
    }
}

/// <param name="Number">Of the obligation, period, trigger or version that it concerns; null when it concerns the whole agreement.</param>
/// <param name="Amount">What is open now, of a payment.</param>
public sealed record UpcomingStep(DateOnly On, UpcomingKind Kind, int? Number = null, Money? Amount = null, EnforcementStep? Step = null);

public enum UpcomingKind
{
    FilingDue,

    /// <summary>The delivery counts as accepted if nobody says anything.</summary>
    DeemedAcceptance,
    TrialEnds,
    ClaimConfirmedBySilence,
    PaymentDue,
    EnforcementStep,
    CureEnds,
    LimitationEnds,
    SalesReportDue,
    LicenceEnds,

    /// <summary>The last day on which the newest version can be accepted.</summary>
    ProposalLapses,

    /// <summary>The result of the trial counts as confirmed if nobody objects.</summary>
    SignOffConfirmedBySilence,

    /// <summary>The last day of silence: after it nobody negotiates any more.</summary>
    NegotiationLapses,
}
