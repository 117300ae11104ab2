using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// Application → negotiation → signature → filing.
public sealed partial class AgreementRules
{
    /// <summary>Working days within which an agreement is filed after signature.</summary>
    public const int FilingWorkingDays = 15;

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
            return Refusal.State("already-signed", "已有一方签署,不能再改条款。", "One party has signed: the terms can no longer change.");
        }

        story.Tell(new TermsProposed(story.Now.Proposals[^1].Version + 1, party, c.Terms, c.Note, story.Today));
        story.Tell(new TermsAccepted(story.Now.Proposals[^1].Version, party, story.Today));
        return null;
    }

    private static Refusal? Accept(Story story, AcceptTerms c)
    {
        if ((By(story, Party.Both, out var party) ?? In(story, Stage.Negotiating)) is { } refusal)
        {
            return refusal;
        }

        var newest = story.Now.Proposals[^1];
        if (c.Version != newest.Version)
        {
            return Refusal.State("terms-outdated", $"条款已更新到第{newest.Version}版,请先查看差异。", $"The terms are now at version {newest.Version}: look at the difference first.");
        }

        if (story.Now.AcceptedBy.HasFlag(party))
        {
            return Refusal.State("already-accepted", "您已接受这一版条款。", "You have accepted this version already.");
        }

        if (ThirdParty.Check(newest.Terms) is { } nobody)
        {
            return nobody;
        }

        story.Tell(new TermsAccepted(c.Version, party, story.Today));
        if (story.Now.AcceptedBy == Party.Both)
        {
            story.Tell(new TermsAgreed(c.Version, DocumentHash(story.Now, newest)));
        }

        return null;
    }

    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>SHA-256 of what is signed: the parties, the result and every term, in one canonical form.</summary>
    public static string DocumentHash(Agreement agreement, TermsProposal proposal)
    {
        var document = JsonSerializer.Serialize(new
        {
            agreement = agreement.Id.Value,
            result = agreement.Result.Value,
            lab = agreement.Lab.Value,
            company = agreement.Company.Value,
            version = proposal.Version,
            terms = proposal.Terms,
        }, Canonical);
        return System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
    }

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
