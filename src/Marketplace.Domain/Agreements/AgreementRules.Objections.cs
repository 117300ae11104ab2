namespace Marketplace.Domain.Agreements;

// An inventor who does not agree with a distribution: nothing more goes to them, or is divided in the disputed way, until the lab has answered.
public sealed partial class AgreementRules
{
    private static readonly Refusal DistributionObjectedTo = Refusal.State(
        "distribution-objected", "对收益分配的异议尚未答复，请先答复。", "An objection to the distribution is open: answer it first.");

    private static Refusal? Object(Story story, ObjectToDistribution c)
    {
        if ((By(story, Party.Lab, out _) ?? NotOver(story) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        var now = story.Now;
        if (c.Inventor < 1 || c.Inventor > now.Inventors.Inventors.Count)
        {
            return Refusal.Invalid("inventor-unknown", "没有这位发明人。", "There is no such inventor.", "inventor");
        }

        if (c.Receipt < 1 || c.Receipt > now.Receipts.Count)
        {
            return Refusal.Invalid("receipt-unknown", "没有这笔到账。", "There is no such receipt.", "receipt");
        }

        // Of a receipt, the split that it was divided in; else the one that holds today.
        var split = c.Receipt is { } number ? now.Receipts[number - 1].SplitVersion : now.SplitVersion;
        if (split is null)
        {
            return Refusal.State("nothing-distributed", "这笔到账尚未分配。", "Nothing of this receipt was distributed yet.");
        }

        if (now.Objections.Any(o => o.IsOpen && o.Inventor == c.Inventor && o.Receipt == c.Receipt))
        {
            return Refusal.State("objection-open", "这位发明人的同一异议尚未答复。", "The same objection of this inventor is still open.");
        }

        story.Tell(new DistributionObjected(now.Objections.Count + 1, c.Inventor, c.Receipt, split.Value, c.Reason, story.Today));
        return null;
    }

    private static Refusal? AnswerObjection(Story story, AnswerDistributionObjection c)
    {
        if ((By(story, Party.Lab, out _) ?? Text(c.Reason, "reason")) is { } refusal)
        {
            return refusal;
        }

        if (c.Number < 1 || c.Number > story.Now.Objections.Count)
        {
            return Refusal.Invalid("objection-unknown", "没有这项异议。", "There is no such objection.", "number");
        }

        if (!story.Now.Objections[c.Number - 1].IsOpen)
        {
            return Refusal.State("objection-answered", "这项异议已答复。", "This objection was answered already.");
        }

        story.Tell(new DistributionObjectionAnswered(c.Number, c.IsUpheld, c.Reason, story.Today));
        return null;
    }

    private static Refusal? NotOver(Story story) => story.Now.Stage is Stage.Declined or Stage.Withdrawn or Stage.Closed
        ? In(story) // no stage allows it: says in which it is
        : null;
}
