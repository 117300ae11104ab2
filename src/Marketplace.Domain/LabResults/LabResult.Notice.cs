namespace Marketplace.Domain.LabResults;

// The public notice: how its clock starts, stops for objections, goes on and runs out.
public sealed partial class LabResult
{
    /// <summary>Art. 18, Law on Promoting the Transformation of S&amp;T Achievements; several provinces and the zone say 15 days.</summary>
    public const int MinNoticeDays = 15;

    public const int MaxNoticeDays = 365;
    public const int AnswerWorkingDays = 15;

    /// <summary>Against floods, not against objectors: every one of these pauses the clock.</summary>
    public const int MaxOpenObjections = 100;

    private static Result<IReadOnlyList<LabResultEvent>> StartNotice(LabResultState state, StartPublicNotice command, CommandContext context)
    {
        if (state.Status != ResultStatus.Priced)
        {
            return NotNow(state.Status, "公示", "be put under public notice");
        }

        if (command.Days is < MinNoticeDays or > MaxNoticeDays)
        {
            return Refusal.Invalid(
                "notice-days-out-of-range",
                $"公示期应为{MinNoticeDays}至{MaxNoticeDays}日。",
                $"A public notice runs for {MinNoticeDays} to {MaxNoticeDays} days.",
                "days");
        }

        // The day of publication does not count (Civil Code Art. 201), so the notice is never shorter than the days promised.
        var lastDay = context.Today.AddDays(command.Days);
        return Happens(new PublicNoticeStarted(context.NowUtc, command.Days, lastDay, LocalTime.EndOf(lastDay)));
    }

    private static Result<IReadOnlyList<LabResultEvent>> Raise(LabResultState state, RaiseObjection command, CommandContext context)
    {
        if (state.Notice is not { } notice)
        {
            return NotNow(state.Status, "提出异议", "be objected to");
        }

        if (context.NowUtc >= notice.ClosesAtUtc)
        {
            return Refusal.State("notice-over", "公示期已经结束。", "The public notice is over.");
        }

        if (notice.OpenObjections.Count >= MaxOpenObjections)
        {
            return Refusal.State("objections-too-many", "待答复的异议过多，请稍后再提。", "Too many objections are waiting for an answer; try again later.");
        }

        var refusal = BilingualText.CheckRequired(command.Objector, "objector", 200)
            ?? BilingualText.CheckRequired(command.Contact, "contact", 200)
            ?? BilingualText.CheckRequired(command.Grounds, "grounds", MaxExplanationCharacters);
        if (refusal is not null)
        {
            return refusal;
        }

        var due = context.Reference.Calendar.AddWorkingDays(context.Today, AnswerWorkingDays);
        var raised = new ObjectionRaised(
            state.ObjectionCount + 1,
            command.Objector,
            command.Contact,
            command.Grounds,
            context.NowUtc,
            due.Date,
            LocalTime.EndOf(due.Date),
            due.BeyondCalendar);
        return notice.RunningSinceUtc is null
            ? Happens(raised)
            : Happens(raised, new NoticeClockPaused(context.NowUtc, notice.PausedAt(context.NowUtc).Remaining));
    }

    private static Result<IReadOnlyList<LabResultEvent>> Answer(LabResultState state, AnswerObjection command, CommandContext context)
    {
        if (state.Notice is not { } notice)
        {
            return NotNow(state.Status, "答复异议", "have objections answered");
        }

        if (notice.OpenObjections.FirstOrDefault(o => o.Number == command.Number) is not { } objection)
        {
            return Refusal.State("objection-not-open", "该异议不存在或已经答复。", "There is no such objection, or it is answered already.");
        }

        if (BilingualText.CheckRequired(command.Answer, "answer", MaxExplanationCharacters) is { } refusal)
        {
            return refusal;
        }

        var wasLate = context.NowUtc > objection.AnswerDueAtUtc;
        if (command.IsUpheld)
        {
            return Happens(new ObjectionUpheld(command.Number, command.Answer, context.NowUtc, wasLate));
        }

        var dismissed = new ObjectionDismissed(command.Number, command.Answer, context.NowUtc, wasLate);
        return notice.OpenObjections.Count > 1
            ? Happens(dismissed)
            : Happens(dismissed, new NoticeClockResumed(context.NowUtc, context.NowUtc + notice.Remaining));
    }

    private static Result<IReadOnlyList<LabResultEvent>> Close(LabResultState state, CommandContext context) =>
        NextWakeUtc(state) is { } endsAtUtc && endsAtUtc <= context.NowUtc
            ? Happens(new ResultListed(endsAtUtc, context.NowUtc))
            : Happens();
}
