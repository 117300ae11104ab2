using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// Application → negotiation → signature → filing.
public sealed partial class AgreementRules
{
    /// <summary>Working days within which an agreement is filed after signature.</summary>
    public const int FilingWorkingDays = 15;

    /// <summary>A proposal can be held open for so many days at most.</summary>
    public const int MostDaysValid = 90;

    /// <summary>Days after which a negotiation in which nobody moves is over.</summary>
    public const int SilentDays = 180;

    private static Refusal? Apply(Story story, ApplyForTrial c)
    {
        if (story.Now.Stage != Stage.None)
        {
            return By(story, Party.Company, out _) ?? Refusal.State("agreement-exists", "该申请已存在。", "This application exists already.");
        }

        var actor = story.Context.Actor;
        if (actor.Role != ActorRole.Company || actor.Organisation != c.Company)
        {
            return Refusal.Forbidden("not-your-part", "只有企业本身可以提出申请。", "Only the company itself may apply.");
        }

        if ((c.Facts.Check(story.Today) ?? CheckTerms(c.Terms) ?? InventorSplit.Check(c.Inventors, "inventors") ?? OptionalText(c.Purpose, "purpose")) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new TrialApplied(c.Agreement, c.Offer, c.Result, c.Lab, c.Company, c.Terms, c.Inventors, story.Today, c.Purpose));
        return null;
    }

    private static Refusal? CheckTerms(AgreementTerms? terms) => terms is null
        ? Refusal.Invalid("terms-missing", "请填写条款。", "There are no terms.", "terms")
        : terms.Check()?.Under("terms");

    private static Refusal? TakeUp(Story story)
    {
        if ((By(story, Party.Lab, out _) ?? In(story, Stage.Applied)) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new ApplicationAccepted(story.Today));
        return null;
    }

    private static Refusal? Decline(Story story, DeclineApplication c)
    {
        if ((By(story, Party.Lab, out _) ?? In(story, Stage.Applied) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new ApplicationDeclined(c.Reason, story.Today));
        return null;
    }

    private static Refusal? Withdraw(Story story, WithdrawApplication c)
    {
        if ((By(story, Party.Both, out var party) ?? In(story, Stage.Applied, Stage.Negotiating, Stage.Agreed) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new ApplicationWithdrawn(party, c.Reason, story.Today));
        return null;
    }

    private static Refusal? Propose(Story story, ProposeTerms c)
    {
        if ((By(story, Party.Both, out var party) ?? In(story, Stage.Negotiating, Stage.Agreed) ?? CheckTerms(c.Terms) ?? ThirdParty.Check(c.Terms) ?? OptionalText(c.Note, "note")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.SignedBy != Party.None)
        {
            return Refusal.State("already-signed", "已有一方签署，不能再改条款。", "One party has signed: the terms can no longer change.");
        }

        if (c.ValidUntil is { } last && (last < story.Today || last > story.Today.AddDays(MostDaysValid)))
        {
            return Refusal.Invalid(
                "valid-until-out-of-range", $"有效期须在今天起{MostDaysValid}天之内。", $"A proposal is valid until today at the earliest, and for {MostDaysValid} days at most.", "validUntil");
        }

        if (c.Criteria is not null && AcceptanceCriterion.Check(c.Criteria) is { } wrong)
        {
            return wrong;
        }

        IReadOnlyList<AcceptanceCriterion>? criteria = c.Criteria is null ? story.Now.Newest.Criteria : c.Criteria.Count == 0 ? null : [.. c.Criteria.Select(k => k.Normalised())];
        var version = story.Now.Proposals.Count + 1;
        story.Tell(new TermsProposed(version, party, c.Terms, c.Note, story.Today, c.ValidUntil, criteria));
        story.Tell(new TermsAccepted(version, party, story.Today));
        return null;
    }

    private static Refusal? TakeBack(Story story, WithdrawProposal c)
    {
        if ((By(story, Party.Both, out var party) ?? In(story, Stage.Negotiating) ?? IsNewest(story, c.Version)) is { } refusal)
        {
            return refusal;
        }

        if (c.Version == 1)
        {
            return Refusal.State("offer-stands", "第1版是要约条款，不能撤回；可以撤回申请。", "Version 1 is the offer and cannot be taken back; the application can.");
        }

        if (story.Now.Newest.By != party)
        {
            return Refusal.Forbidden("not-your-proposal", "这一版由对方提出。", "The other party proposed this version.");
        }

        if ((story.Now.AcceptedBy & ~party) != Party.None)
        {
            return Refusal.State("already-accepted", "对方已接受这一版条款。", "The other party has accepted this version already.");
        }

        story.Tell(new ProposalWithdrawn(c.Version, party, story.Today));
        return null;
    }

    private static Refusal? TakeStance(Story story, int version, string path, Stance stance, string? note)
    {
        if ((By(story, Party.Both, out var party) ?? In(story, Stage.Negotiating) ?? IsNewest(story, version)
            ?? (stance == Stance.Contested ? Text(note, "note") : null)) is { } refusal)
        {
            return refusal;
        }

        var newest = story.Now.Newest;
        if (newest.By == party)
        {
            return Refusal.Forbidden("own-proposal", "这一版由您提出，应由对方表态。", "You proposed this version: it is for the other party to answer.");
        }

        if (!Differences(story.Now, newest).Any(d => d.Path == path))
        {
            return Refusal.Invalid("term-not-in-difference", "这一条款与前一版相同。", "This term is the same as in the version before.", "path");
        }

        if (newest.Stances.Any(s => s.Path == path && s.By == party && s.Stance == stance && s.Note == note))
        {
            return Refusal.State("stance-taken", "您已这样表态。", "You have said so already.");
        }

        story.Tell(new TermStanceTaken(version, path, party, stance, note, story.Today));
        return null;
    }

    /// <summary>What a version says differently from the one that it would replace; nothing of the offer.</summary>
    public static IReadOnlyList<TermDifference> Differences(Agreement a, TermsProposal proposal) =>
        proposal.Replaces is { } before ? Differences(a.Proposals[before - 1], proposal) : [];

    /// <summary>In terms, and then in the annex.</summary>
    public static IReadOnlyList<TermDifference> Differences(TermsProposal before, TermsProposal after) =>
        [.. TermsDifference.Between(before.Terms, after.Terms), .. TermsDifference.Between(before.Criteria, after.Criteria)];

    private static Refusal? IsNewest(Story story, int version) => story.Now.Newest.Version is var newest && version == newest
        ? null
        : Refusal.State("terms-outdated", $"现行条款为第{newest}版，请先查看差异。", $"The terms now stand at version {newest}: look at the difference first.");

    private static Refusal? Accept(Story story, AcceptTerms c)
    {
        if ((By(story, Party.Both, out var party) ?? In(story, Stage.Negotiating) ?? IsNewest(story, c.Version)) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.AcceptedBy.HasFlag(party))
        {
            return Refusal.State("already-accepted", "您已接受这一版条款。", "You have accepted this version already.");
        }

        if (ThirdParty.Check(story.Now.Terms) is { } nobody)
        {
            return nobody;
        }

        story.Tell(new TermsAccepted(c.Version, party, story.Today));
        if (story.Now.AcceptedBy == Party.Both)
        {
            story.Tell(new TermsAgreed(c.Version, DocumentHash(story.Now, story.Now.Newest)));
        }

        return null;
    }

    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>SHA-256 of what is signed: the parties, the result, every term and the annex, in one canonical form.</summary>
    public static string DocumentHash(Agreement agreement, TermsProposal proposal)
    {
        var document = new SignedDocument(agreement.Id.Value, agreement.Result.Value, agreement.Lab.Value, agreement.Company.Value, proposal.Version, proposal.Terms, proposal.Criteria);
        return System.Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document, Canonical)));
    }

    private sealed record SignedDocument(
        string Agreement, string Result, string Lab, string Company, int Version, AgreementTerms Terms,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AcceptanceCriterion>? Criteria); // documents signed before there was an annex keep their hash

    private static Refusal? Sign(Story story, SignAgreement c)
    {
        if ((By(story, Party.Both | Party.Third, out var party) ?? In(story, Stage.Agreed)) is { } refusal)
        {
            return refusal;
        }

        if (!string.Equals(c.DocumentHash, story.Now.DocumentHash, StringComparison.OrdinalIgnoreCase))
        {
            return Refusal.Invalid("document-hash-differs", "所签文件与双方商定的文件不一致。", "This is not the document that the parties agreed on.", "documentHash");
        }

        if (story.Now.SignedBy.HasFlag(party))
        {
            return Refusal.State("already-signed", "您已签署。", "You have signed already.");
        }

        story.Tell(new AgreementSigned(party, story.Now.DocumentHash!, story.Context.Actor.Person, story.Today));
        if (story.Now.SignedBy == story.Now.Signatories)
        {
            story.Tell(new AgreementTookEffect(story.Today, story.Context.Reference.Calendar.AddWorkingDays(story.Today, FilingWorkingDays).Date));
        }

        return null;
    }

    private static Refusal? File(Story story, FileAgreement c)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true) ?? In(story, Stage.Signed) ?? Text(c.FilingNumber, "filingNumber", 100)) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new AgreementFiled(c.FilingNumber, story.Today));
        return null;
    }
}
