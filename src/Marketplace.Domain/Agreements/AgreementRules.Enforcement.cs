using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// What time does by itself. Every step happens once, in the order of its own date, however late the clock that woke it.
public sealed partial class AgreementRules
{
    /// <summary>More due steps than this in one wake is a bug in the rules, not a long downtime.</summary>
    private const int MostStepsAtOnce = 10_000;

    /// <summary>Days before its limitation would end on which a debt is demanded again.</summary>
    private const int DemandBeforeLimitationDays = 90;

    /// <summary>Days after the date of a missing report from which an administrator may estimate it, and on which the system does.</summary>
    private const int AssessmentOpensDays = 30;
    private const int AssessmentDays = 45;

    /// <summary>When the agreement must be woken next for this purpose, or null.</summary>
    public static DateTimeOffset? NextWakeUtc(Agreement a, WakePurpose purpose) => NextDue(a, purpose)?.AtUtc;

    /// <summary>When its open payment intents must be looked at next, or null.</summary>
    public static DateTimeOffset? NextIntentLookUtc(Agreement a)
    {
        DateTimeOffset? next = null;
        foreach (var intent in a.Intents)
        {
            if (intent.IsOpen && (next is null || intent.NextLookUtc < next))
            {
                next = intent.NextLookUtc;
            }
        }

        return next;
    }

    private static void CatchUp(Story story, Func<DateTimeOffset, DateOnly> asOf)
    {
        for (var steps = 0; NextDue(story.Now) is { } due && due.AtUtc <= story.Context.NowUtc; steps++)
        {
            if (steps == MostStepsAtOnce)
            {
                throw new InvalidOperationException($"{story.Now.Id}: {steps} due steps and no end");
            }

            story.On(asOf(due.AtUtc), due.Do);
        }
    }

    /// <summary>A step that falls due by itself. Doing it must change the state, so that it is not due again.</summary>
    private sealed record DueStep(DateTimeOffset AtUtc, Action<Story> Do);

    private static DueStep? NextDue(Agreement a)
    {
        var (obligations, trial) = (NextDue(a, WakePurpose.Obligations), NextDue(a, WakePurpose.Trial));
        return obligations is null || trial?.AtUtc < obligations.AtUtc ? trial : obligations;
    }

    private static DueStep? NextDue(Agreement a, WakePurpose purpose) => (purpose switch
    {
        WakePurpose.Obligations => ObligationSteps(a),
        WakePurpose.Trial => TrialSteps(a),
    }).MinBy(step => step.AtUtc);

    private static IEnumerable<DueStep> TrialSteps(Agreement a)
    {
        if (a.SignOff is { Status: SignOffStatus.Requested } asked)
        {
            yield return new DueStep(LocalTime.EndOf(asked.AnswerDueOn), s => s.Tell(new SignOffConfirmed(Party.Both & ~asked.RequestedBy, Deemed: true, s.Today)));
        }

        switch (a.Stage)
        {
            case Stage.Negotiating:
                // A version that was replaced lapses on its own day too: it must not come back when the newer one goes.
                foreach (var proposal in a.Proposals)
                {
                    if (proposal is { Status: ProposalStatus.Standing, ValidUntil: { } last })
                    {
                        yield return new DueStep(LocalTime.EndOf(last), s => s.Tell(new ProposalLapsed(proposal.Version, s.Today)));
                    }
                }

                yield return new DueStep(LocalTime.EndOf(SilentUntil(a)), s => s.Tell(new NegotiationLapsed(s.Today)));
                break;
            case Stage.Signed when a.FilingDueOn is { } filingDueOn && !a.FilingMissed:
                yield return new DueStep(LocalTime.EndOf(filingDueOn), s => s.Tell(new FilingDeadlineMissed(filingDueOn)));
                break;
            case Stage.Delivered when a.AcceptanceDueOn is { } acceptanceDueOn:
                yield return new DueStep(LocalTime.EndOf(acceptanceDueOn), s => StartTrial(s, acceptanceDueOn.AddDays(1), deemed: true));
                break;
            case Stage.InTrial or Stage.Extended or Stage.DecisionDue when a.TrialEndsOn is { } endsOn:
                foreach (var days in TrialNoticeDays)
                {
                    // A notice whose day had passed before the trial began (a short trial) is never given.
                    if (!a.TrialNotices.Contains(days) && endsOn.AddDays(-days) >= a.TrialStartedOn)
                    {
                        yield return new DueStep(LocalTime.StartOf(endsOn.AddDays(-days)), s => NoticeTrialEnd(s, days));
                    }
                }

                // A contested or open claim that the trial has turned into use keeps it from lapsing until it is decided.
                if (!HasUndecidedClaim(a))
                {
                    yield return new DueStep(LocalTime.EndOf(endsOn), Lapse);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The last day before the negotiation is over if neither party moves.</summary>
    public static DateOnly SilentUntil(Agreement a) => a.LastMovedOn!.Value.AddDays(SilentDays);

    /// <summary>The last day on which the newest terms can be accepted.</summary>
    public static DateOnly OpenUntil(Agreement a) => a.Newest.ValidUntil is { } last && last < SilentUntil(a) ? last : SilentUntil(a);

    private static void NoticeTrialEnd(Story story, int days)
    {
        if (!TrialEndMovedByCalendar(story))
        {
            story.Tell(new TrialEndNoticed(days, story.Context.Today));
        }
    }

    private static void Lapse(Story story)
    {
        if (!TrialEndMovedByCalendar(story))
        {
            story.Tell(new TrialLapsed(story.Today));
        }
    }

    private static IEnumerable<DueStep> ObligationSteps(Agreement a)
    {
        foreach (var claim in a.Claims.Values)
        {
            if (claim.Status == ClaimStatus.Open)
            {
                yield return new DueStep(LocalTime.EndOf(claim.ContestUntil), s => Confirm(s, claim.Trigger, claim.OccurredOn, "silence"));
            }
        }

        if (a.ConvertedOn is null)
        {
            yield break;
        }

        foreach (var owed in a.Obligations)
        {
            if (NextLadderStep(a, owed) is { } step)
            {
                yield return step;
            }

            if (owed is { LimitationEndsOn: { } limitation, EnforceableMinor: > 0 })
            {
                yield return new DueStep(
                    LocalTime.StartOf(limitation.AddDays(-DemandBeforeLimitationDays)), s => s.Tell(new DemandRepeated(owed.Number, limitation, s.Today)));
            }
        }

        // While all that is overdue is disputed, the cure period does not end against the company.
        if (a.Stage == Stage.Cure && a.CureEndsOn is { } cureEndsOn && a.Obligations.Any(o => o.IsOverdue && o.EnforceableMinor > 0))
        {
            yield return new DueStep(LocalTime.EndOf(cureEndsOn), EndCure);
        }

        foreach (var step in ReportSteps(a))
        {
            yield return step;
        }

        if (a.Stage == Stage.Converted && NextPeriod(a) is null && a.Obligations.All(o => !o.IsOpen) && a.LicenceEndsOn is { } endsOn
            && !HasUndecidedClaim(a))
        {
            yield return new DueStep(LocalTime.StartOf(endsOn), SettleIfNothingIsLeft);
        }
    }

    private static IEnumerable<DueStep> ReportSteps(Agreement a)
    {
        if (a.Stage is not (Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached) || NextPeriod(a) is not { } period)
        {
            yield break;
        }

        var reminder = a.MissingReportSteps switch
        {
            0 => (SalesReportReminder.Missing, 1),
            1 => (SalesReportReminder.Demanded, 15),
            _ => ((SalesReportReminder Reminder, int Day)?)null,
        };
        if (reminder is { } next)
        {
            yield return new DueStep(
                LocalTime.StartOf(period.ReportDueOn.AddDays(next.Day)),
                s => s.Tell(new SalesReportReminded(period.Number, period.ReportDueOn, next.Reminder)));
        }
        else if (HighestFigures(a) is { } figures)
        {
            yield return new DueStep(LocalTime.StartOf(period.ReportDueOn.AddDays(AssessmentDays)), s => Assess(s, period, figures, "the highest figures reported so far"));
        }
    }

    private static DueStep? NextLadderStep(Agreement a, Obligation owed)
    {
        if (owed.EnforceableMinor == 0 || EnforcementLadder.Next(a.Terms, owed.StepsTaken) is not { } step)
        {
            return null;
        }

        var on = owed.DueOn.AddDays(step.Day + (step.Day > 0 ? owed.FrozenDays : 0));
        return new DueStep(LocalTime.StartOf(on), s => TakeStep(s, owed.Number, step, on));
    }

    private static void TakeStep(Story story, int number, LadderStep step, DateOnly dueOn)
    {
        if (step.Day <= 0 && MovedByCalendar(story, number))
        {
            return;
        }

        if (step.Step == EnforcementStep.Overdue)
        {
            BecomeOverdue(story, number, dueOn);
        }
        else if (step.Day > 0)
        {
            ChargeInterest(story, number, dueOn.AddDays(-1));
        }

        if (step.Approvals > 0)
        {
            story.Tell(new EnforcementStepProposed(number, step.Step, dueOn, story.Context.Today));
            return;
        }

        story.Tell(new EnforcementStepTaken(number, step.Step, dueOn, story.Context.Today, $"day {step.Day} of the due date, unpaid"));
        if (step.Step == EnforcementStep.Due)
        {
            FallDue(story, number);
        }
    }

    /// <summary>Invoices what is not yet invoiced, pays it from unapplied cash, and collects the rest if the company agreed to that.</summary>
    private static void FallDue(Story story, int number)
    {
        if (!story.Now.Owed(number).WasInvoiced)
        {
            InvoiceAndAllocate(story, number);
        }

        if (story.Now.Owed(number).EnforceableMinor > 0)
        {
            RequestCollection(story, number);
        }
    }

    /// <summary>A due date that was set before its year's holidays were known is set again at the reminders and when it comes; never into the past.</summary>
    private static bool MovedByCalendar(Story story, int number)
    {
        var owed = story.Now.Owed(number);
        if (!owed.BeyondCalendar)
        {
            return false;
        }

        var due = Deadline(story, owed.NominalDueOn);
        if ((due.Date == owed.DueOn && due.BeyondCalendar) || due.Date < story.Today)
        {
            return false;
        }

        story.Tell(new ObligationRescheduled(number, owed.NominalDueOn, due.Date, due.BeyondCalendar, Explanation.Of(
            "Civil Code Art. 203", "the next working day of the calendar published since", ("nominal", owed.NominalDueOn.ToString("O", System.Globalization.CultureInfo.InvariantCulture))), story.Today));
        return true;
    }

    private static void BecomeOverdue(Story story, int number, DateOnly breachOn)
    {
        var terms = story.Now.Terms.LateInterest;
        var lastDayInTime = breachOn.AddDays(-1);
        if (terms.ContractRatePpm is { } contractPpm)
        {
            story.Tell(new ObligationBecameOverdue(number, lastDayInTime, contractPpm, 1_000_000, terms.DayCount, Explanation.Of(
                "6.1", "round(Σ principalMinor × days × contractRatePpm ÷ (1000000 × dayCount))",
                ("contractRatePpm", contractPpm), ("dayCount", terms.DayCount))));
            return;
        }

        var lprPpm = story.Context.Reference.Lpr.RatePpmOn(breachOn);
        story.Tell(new ObligationBecameOverdue(
            number, lastDayInTime, checked(lprPpm * (1_000_000 + terms.LprMarginPpm)), 1_000_000_000_000, terms.DayCount, Explanation.Of(
                "6.1", "round(Σ principalMinor × days × lprPpm × (1000000 + marginPpm) ÷ (10^12 × dayCount))",
                ("lprPpm", lprPpm), ("lprOn", breachOn.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), ("marginPpm", terms.LprMarginPpm), ("dayCount", terms.DayCount))));
    }

    private static void EndCure(Story story)
    {
        story.Tell(new AgreementBreached(story.Today));
        ProposeTermination(story);
    }

    /// <summary>For the oldest sum that can be enforced, unless it is proposed already: also when the sum for which it was proposed is settled, but not the next.</summary>
    private static void ProposeTermination(Story story)
    {
        if (story.Now.Stage == Stage.Breached
            && !story.Now.Obligations.Any(o => o.Proposed.Any(p => p.Step == EnforcementStep.Termination))
            && story.Now.Obligations.Where(o => o.IsOverdue && o.EnforceableMinor > 0).MinBy(o => (o.DueOn, o.Number)) is { } oldest)
        {
            story.Tell(new EnforcementStepProposed(oldest.Number, EnforcementStep.Termination, story.Today, story.Context.Today));
        }
    }

    private static Refusal? ApproveStep(Story story, ApproveEnforcementStep c)
    {
        if ((ByPersonInCharge(story) ?? Existing(story, c.Obligation, "obligation")) is { } refusal)
        {
            return refusal;
        }

        var owed = story.Now.Owed(c.Obligation);
        if (owed.Proposed.FirstOrDefault(p => p.Step == c.Step) is not { } proposed)
        {
            return Refusal.State("step-not-proposed", "没有待批准的这一步骤。", "No such step is waiting for approval.");
        }

        if (owed.EnforceableMinor == 0)
        {
            return Refusal.State("sum-disputed", "款项争议期间不采取强制步骤。", "No step is taken while the sum is disputed.");
        }

        var person = story.Context.Actor.Person;
        if (proposed.ApprovedBy.Contains(person))
        {
            return Refusal.State("second-person-needed", "需要另一位管理员批准。", "Another administrator must approve.");
        }

        story.Tell(new EnforcementStepApproved(c.Obligation, c.Step, person, story.Today));
        IReadOnlyList<string> approvedBy = [.. proposed.ApprovedBy, person];
        if (approvedBy.Count >= EnforcementLadder.ApprovalsFor(story.Now.Terms, c.Step))
        {
            TakeApproved(story, c, proposed, approvedBy);
        }

        return null;
    }

    private static void TakeApproved(Story story, ApproveEnforcementStep c, ProposedStep proposed, IReadOnlyList<string> approvedBy)
    {
        story.Tell(new EnforcementStepTaken(c.Obligation, c.Step, proposed.DueOn, story.Today, $"approved by {string.Join(", ", approvedBy)}"));
        if (c.Step == EnforcementStep.GuaranteeClaim)
        {
            ClaimOnGuarantor(story, c.Obligation);
        }
        else if (c.Step == EnforcementStep.BreachNotice && story.Now.Stage == Stage.Overdue)
        {
            story.Tell(new CureStarted(c.Obligation, story.Today, Deadline(story, story.Today.AddDays(story.Now.Terms.CureDays)).Date));
        }
        else if (c.Step == EnforcementStep.Termination)
        {
            story.Tell(new AgreementTerminated(approvedBy, story.Today));
        }
    }
}
