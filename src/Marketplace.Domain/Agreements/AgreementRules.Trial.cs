namespace Marketplace.Domain.Agreements;

// Delivery → trial → extension → conversion or return.
public sealed partial class AgreementRules
{
    /// <summary>Silence for so many days after delivery is acceptance.</summary>
    public const int AcceptanceDays = 15;

    /// <summary>A trial is extended once, by at most so many months.</summary>
    public const int MaxExtensionMonths = 6;

    /// <summary>Days before the end of the trial on which the parties are told.</summary>
    public static readonly IReadOnlyList<int> TrialNoticeDays = [60, 30, 7];

    private static Refusal? Deliver(Story story, DeliverResult c)
    {
        if ((By(story, Party.Lab, out _) ?? In(story, Stage.Filed) ?? Text(c.Note, "note")) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new ResultDelivered(c.Note, story.Today, Deadline(story, story.Today.AddDays(AcceptanceDays)).Date));
        return null;
    }

    private static Refusal? ConfirmDelivery(Story story)
    {
        if ((By(story, Party.Company, out _) ?? In(story, Stage.Delivered)) is { } refusal)
        {
            return refusal;
        }

        StartTrial(story, story.Today, deemed: false);
        return null;
    }

    private static void StartTrial(Story story, DateOnly on, bool deemed) =>
        story.Tell(new DeliveryAccepted(deemed, on, Deadline(story, LocalTime.AddMonths(on, story.Now.Terms.TrialMonths)).Date));

    // Always counted from the first day of the trial: what a short month or a holiday moved does not move the next date.
    private static DateOnly NominalTrialEnd(Agreement a, int extendedByMonths) =>
        LocalTime.AddMonths(a.TrialStartedOn!.Value, a.Terms.TrialMonths + extendedByMonths);

    /// <summary>An end that was set before its year's holidays were known is set again, as soon as a notice or the end itself is due.</summary>
    private static bool TrialEndMovedByCalendar(Story story)
    {
        var due = Deadline(story, NominalTrialEnd(story.Now, story.Now.ExtendedByMonths)).Date;
        if (due == story.Now.TrialEndsOn || due < story.Today)
        {
            return false;
        }

        story.Tell(new TrialEndMoved(due, story.Today));
        return true;
    }

    private static Refusal? RequestExtension(Story story, RequestExtension c)
    {
        if ((By(story, Party.Company, out _) ?? InTrialLife(story) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.ExtendedByMonths > 0)
        {
            return Refusal.State("extended-once", "试用期只能延长一次。", "A trial is extended only once.");
        }

        if (story.Now.ExtensionAskedMonths is not null)
        {
            return Refusal.State("extension-pending", "延期申请正在等待实验室答复。", "An extension is waiting for the lab's answer.");
        }

        if (c.Months is < 1 or > MaxExtensionMonths)
        {
            return Refusal.Invalid("out-of-range", $"延期须为1至{MaxExtensionMonths}个月。", $"An extension is 1 to {MaxExtensionMonths} months.", "months");
        }

        story.Tell(new ExtensionRequested(c.Months, c.Reason, story.Today));
        return null;
    }

    private static Refusal? AnswerExtension(Story story, AnswerExtension c)
    {
        if ((By(story, Party.Lab, out _) ?? InTrialLife(story)) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.ExtensionAskedMonths is not { } months)
        {
            return Refusal.State("extension-not-asked", "没有待答复的延期申请。", "No extension has been asked for.");
        }

        if (!c.Consent)
        {
            if (Text(c.Reason, "reason") is { } missing)
            {
                return missing;
            }

            story.Tell(new ExtensionDeclined(c.Reason!, story.Today));
            return null;
        }

        story.Tell(new TrialExtended(months, story.Today, Deadline(story, NominalTrialEnd(story.Now, months)).Date));
        return null;
    }

    private static Refusal? Convert(Story story)
    {
        if ((By(story, Party.Company, out _) ?? InTrialLife(story)) is { } refusal)
        {
            return refusal;
        }

        StartLicence(story, byTrigger: null);
        return null;
    }

    private static Refusal? Return(Story story, ReturnResult c)
    {
        if ((By(story, Party.Company, out _) ?? InTrialLife(story)
            ?? Text(c.StopUseStatement, "stopUseStatement") ?? Text(c.DestructionCertificate, "destructionCertificate") ?? EvidenceFile.Check(c.Evidence, "evidence")) is { } refusal)
        {
            return refusal;
        }

        if (HasUndecidedClaim(story.Now))
        {
            return Refusal.State("claim-open", "有待确认的使用主张，确认后方可退回。", "A claim that use has begun must be settled before the result can be returned.");
        }

        story.Tell(new ResultReturned(c.StopUseStatement, c.DestructionCertificate, story.Today, c.Evidence));
        return null;
    }

    private static Deadline Deadline(Story story, DateOnly nominal) => story.Context.Reference.Calendar.DeadlineOn(nominal);
}
