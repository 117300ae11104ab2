using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// What is written down during a trial, and what both parties say came of it.
public sealed partial class AgreementRules
{
    /// <summary>Silence for so many days after a request confirms the result of the trial.</summary>
    public const int SignOffDays = 15;

    private const int MostEntries = 1_000;

    private static Refusal? Record(Story story, RecordTrialEntry c)
    {
        if ((By(story, Party.Both, out var party) ?? InTrialLife(story) ?? CheckKind(story, c) ?? CheckText(c) ?? EvidenceFile.Check(c.Evidence, "evidence")) is { } refusal)
        {
            return refusal;
        }

        if (c.OccurredOn < story.Now.TrialStartedOn || c.OccurredOn > story.Today)
        {
            return Refusal.Invalid("dates-out-of-order", "日期须在试用开始之后且不晚于今天。", "It must have happened in the trial, and not in the future.", "occurredOn");
        }

        if (story.Now.TrialLog.Count >= MostEntries)
        {
            return Refusal.State("trial-log-full", $"试用记录最多{MostEntries}条。", $"A trial has at most {MostEntries} entries.");
        }

        story.Tell(new TrialEntryRecorded(
            story.Now.TrialLog.Count + 1, party, story.Context.Actor.Person, c.Kind, c.Criterion, AcceptanceCriterion.Exact(c.Value), c.Text ?? "", c.OccurredOn, c.Evidence ?? [], story.Today));
        return null;
    }

    private static Refusal? CheckKind(Story story, RecordTrialEntry c)
    {
        if (!Enum.IsDefined(c.Kind))
        {
            return Refusal.Invalid("value-unknown", "没有这一选项。", "There is no such choice.", "kind");
        }

        if (c.Kind != TrialEntryKind.Measurement)
        {
            return c.Criterion is not null || c.Value is not null
                ? Refusal.Invalid("value-unused", "只有测量记录才有指标和数值。", "Only a measurement has a criterion and a value.", c.Criterion is not null ? "criterion" : "value")
                : null;
        }

        if (c.Criterion is not { } criterion || criterion < 0 || criterion >= TrialCriteria.Of(story.Now).Count)
        {
            return Refusal.Invalid("criterion-unknown", "没有约定这一验收指标。", "No such criterion was agreed.", "criterion");
        }

        return c.Value is { } value ? AcceptanceCriterion.CheckNumber(value, "value") : Refusal.Invalid("value-missing", "请填写测量值。", "Say what was measured.", "value");
    }

    /// <summary>A measurement may speak for itself.</summary>
    private static Refusal? CheckText(RecordTrialEntry c) => c.Kind == TrialEntryKind.Measurement ? OptionalText(c.Text, "text") : Text(c.Text, "text");

    private static Refusal? Retract(Story story, RetractTrialEntry c)
    {
        if ((By(story, Party.Both, out var party) ?? InTrialLife(story) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (c.Entry < 1 || c.Entry > story.Now.TrialLog.Count)
        {
            return Refusal.Invalid("entry-unknown", "没有这一条试用记录。", "There is no such entry.", "entry");
        }

        var entry = story.Now.TrialLog[c.Entry - 1];
        if (entry.By != party)
        {
            return Refusal.Forbidden("not-your-entry", "这条记录由对方所写。", "The other party wrote this entry.");
        }

        if (entry.RetractedFor is not null)
        {
            return Refusal.State("entry-retracted", "这条记录已作废。", "This entry has been retracted already.");
        }

        story.Tell(new TrialEntryRetracted(c.Entry, party, c.Reason, story.Today));
        return null;
    }

    private static Refusal? RequestSignOff(Story story)
    {
        if ((By(story, Party.Both, out var party) ?? InTrialLife(story)) is { } refusal)
        {
            return refusal;
        }

        switch (story.Now.SignOff?.Status)
        {
            case SignOffStatus.Requested:
                return Refusal.State("sign-off-pending", "试用结果正在等待对方答复。", "The result of the trial is waiting for the other party's answer.");
            case SignOffStatus.Confirmed or SignOffStatus.Deemed:
                return Refusal.State("signed-off", "试用结果已经确认。", "The result of the trial has been confirmed already.");
            default:
                break;
        }

        var results = TrialCriteria.Results(story.Now);
        if (results.Count == 0)
        {
            return Refusal.State("no-criteria", "没有约定验收指标。", "No acceptance criteria were agreed.");
        }

        if (results.TakeWhile(r => r is not null).Count() is var missing && missing < results.Count)
        {
            var name = TrialCriteria.Of(story.Now)[missing].Name;
            return Refusal.State("criterion-not-measured", $"指标“{name}”还没有测量。", $"The criterion \"{name}\" has not been measured.");
        }

        story.Tell(new SignOffRequested(party, [.. results.OfType<CriterionResult>()], story.Today, Deadline(story, story.Today.AddDays(SignOffDays)).Date));
        return null;
    }

    private static Refusal? ObjectTo(Story story, ObjectToSignOff c) => By(story, Party.Both, out _) ?? Text(c.Reason, "reason") ?? AnswerSignOff(story, c.Reason);

    // Answered whatever has become of the trial meanwhile: it says what the trial has shown, and moves nothing.
    private static Refusal? AnswerSignOff(Story story, string? objection)
    {
        if (By(story, Party.Both, out var party) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.SignOff is not { Status: SignOffStatus.Requested } asked)
        {
            return Refusal.State("sign-off-not-asked", "没有待答复的试用结果。", "No result of a trial is waiting for an answer.");
        }

        if (asked.RequestedBy == party)
        {
            return Refusal.Forbidden("own-request", "由对方答复。", "It is for the other party to answer.");
        }

        story.Tell(objection is null ? new SignOffConfirmed(party, Deemed: false, story.Today) : new SignOffObjected(party, objection, story.Today));
        return null;
    }
}
