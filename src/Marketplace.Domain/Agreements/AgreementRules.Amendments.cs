using System.Security.Cryptography;
using System.Text.Json;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// Changes of a signed agreement: signed again by all who signed it, from a period on that nobody has reported yet.
public sealed partial class AgreementRules
{
    /// <summary>Why nobody can propose to amend this agreement now; null: its parties can.</summary>
    public static Refusal? WhyNotAmend(Agreement now) => In(now, Stage.Converted, Stage.Overdue, Stage.Cure) is { } state ? state
        : now.Amendments.Any(a => a.Status == AmendmentStatus.Proposed) ? Refusal.State("amendment-open", "已有一项变更待签署，请先签署或撤回。", "An amendment waits for signatures: sign or withdraw it first.")
        : now.BoughtOutAfterPeriod is not null ? Refusal.State("bought-out", "已经买断。", "The company has bought itself out already.")
        : null;

    private static Refusal? ProposeAmendment(Story story, ProposeAmendment c)
    {
        if ((By(story, Party.Both, out var party) ?? WhyNotAmend(story.Now) ?? OptionalText(c.Note, "note")) is { } refusal)
        {
            return refusal;
        }

        if (c.Change is null)
        {
            return Refusal.Invalid("amendment-empty", "请填写变更内容。", "Say what is to change.", "change");
        }

        if (c.Change.Check(story.Now.Terms, story.Now.Reports.Count) is { } wrong)
        {
            return wrong;
        }

        var number = story.Now.Amendments.Count + 1;
        story.Tell(new AmendmentProposed(number, party, c.Change, c.Note, AmendmentHash(story.Now, number, c.Change), story.Today));
        return null;
    }

    private static Refusal? SignAmendment(Story story, SignAmendment c)
    {
        if ((By(story, Party.Both | Party.Third, out var party) ?? In(story, Stage.Converted, Stage.Overdue, Stage.Cure) ?? Open(story, c.Number)) is { } refusal)
        {
            return refusal;
        }

        var amendment = story.Now.Amendments[c.Number - 1];
        if (!string.Equals(c.DocumentHash, amendment.DocumentHash, StringComparison.OrdinalIgnoreCase))
        {
            return Refusal.Invalid("document-hash-differs", "所签文件与双方商定的文件不一致。", "This is not the document that the parties agreed on.", "documentHash");
        }

        if (amendment.SignedBy.HasFlag(party))
        {
            return Refusal.State("already-signed", "您已签署。", "You have signed already.");
        }

        if (amendment.Change.Check(story.Now.Terms, story.Now.Reports.Count) is not null)
        {
            return Refusal.State("amendment-late", "变更起始期已经报告，请撤回后重新提出。", "Its first period has been reported by now: withdraw it and propose another.");
        }

        story.Tell(new AmendmentSigned(c.Number, party, amendment.DocumentHash, story.Context.Actor.Person, story.Today));
        if (story.Now.Amendments[c.Number - 1].SignedBy == story.Now.Signatories)
        {
            story.Tell(new AmendmentTookEffect(c.Number, story.Today));
        }

        return null;
    }

    private static Refusal? WithdrawAmendment(Story story, WithdrawAmendment c)
    {
        if ((By(story, Party.Both, out var party) ?? Open(story, c.Number) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new AmendmentWithdrawn(c.Number, party, c.Reason, story.Today));
        return null;
    }

    /// <summary>SHA-256 of what is signed: which agreement, on which document it builds, and what changes from when.</summary>
    public static string AmendmentHash(Agreement agreement, int number, AmendmentChange change) => System.Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(new SignedAmendment(agreement.Id.Value, agreement.DocumentHash!, number, change), Canonical)));

    private sealed record SignedAmendment(string Agreement, string Amends, int Number, AmendmentChange Change);

    private static Refusal? Open(Story story, int number) =>
        number < 1 || number > story.Now.Amendments.Count ? Refusal.Invalid("amendment-unknown", "没有这项变更。", "There is no such amendment.", "number")
        : story.Now.Amendments[number - 1].Status != AmendmentStatus.Proposed ? Refusal.State("amendment-closed", "这项变更已生效或已撤回。", "This amendment has taken effect or was withdrawn.")
        : null;
}
