namespace Marketplace.Domain.Agreements;

// What stands behind a claim or a demand: an expert whom the parties trust, and proof that a demand arrived.
public sealed partial class AgreementRules
{
    /// <summary>Both parties may name one; a new name takes the place of one that has not spoken.</summary>
    private static Refusal? AppointExpert(Story story, AppointExpert c)
    {
        if ((By(story, Party.Both, out var party, orAdministrator: true) ?? KnownTrigger(story, c.Trigger) ?? Text(c.Name, "name", 100) ?? Text(c.Institution, "institution", 200)) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is not { Status: ClaimStatus.Contested } claim)
        {
            return Refusal.State("claim-not-contested", "没有需要裁定的异议。", "There is no contested claim to decide.");
        }

        if (claim.Expert is { HasSpoken: true })
        {
            return Refusal.State("expert-has-spoken", "专家意见已出具。", "The expert has given an opinion already.");
        }

        story.Tell(new ExpertAppointed(c.Trigger, party, c.Name, c.Institution, story.Today));
        return null;
    }

    private static Refusal? RecordExpertOpinion(Story story, RecordExpertOpinion c)
    {
        if ((ByPersonInCharge(story) ?? KnownTrigger(story, c.Trigger) ?? Text(c.Opinion, "opinion") ?? Sha256Hex.Check(c.FileHash, "fileHash")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Claims.GetValueOrDefault(c.Trigger) is not { Status: ClaimStatus.Contested, Expert.HasSpoken: false })
        {
            return Refusal.State("expert-not-asked", "没有等待出具意见的专家。", "No expert has been asked for an opinion.");
        }

        story.Tell(new ExpertOpinionRecorded(c.Trigger, c.Supports, c.Opinion, c.FileHash, story.Today));
        return null;
    }

    /// <summary>A demand that has arrived interrupts the limitation on the day of its arrival (Civil Code Art. 195).</summary>
    private static Refusal? RecordProofOfService(Story story, RecordProofOfService c)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true) ?? Existing(story, c.Obligation, "obligation") ?? Text(c.Method, "method", 100) ?? Text(c.Reference, "reference", 200)
            ?? Sha256Hex.Check(c.FileHash, "fileHash")) is { } refusal)
        {
            return refusal;
        }

        var owed = story.Now.Owed(c.Obligation);
        if (owed.Late is null)
        {
            return Refusal.State("not-demanded", "这一笔尚未催告。", "This sum has not been demanded.");
        }

        if (c.ServedOn <= owed.DueOn || c.ServedOn > story.Today)
        {
            return Refusal.Invalid("dates-out-of-order", "送达日期须在到期日之后且不晚于今天。", "Service is after the due date, and not in the future.", "servedOn");
        }

        if (story.Now.Served.Any(s => s.Obligation == c.Obligation && s.Reference == c.Reference))
        {
            return Refusal.State("service-recorded", "这份送达证明已登记。", "This proof of service has been recorded already.");
        }

        story.Tell(new ServiceProven(c.Obligation, c.Method, c.Reference, c.FileHash, c.ServedOn, story.Today));
        return null;
    }
}
