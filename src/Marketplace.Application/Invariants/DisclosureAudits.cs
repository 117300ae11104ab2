using Marketplace.Application.Disclosures;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;

namespace Marketplace.Application.Invariants;

internal sealed class ResultFilesAudit(string stream) : StreamAudit<ResultFilesState, ResultFilesCommand, ResultFilesEvent, ResultFiles>(stream)
{
    public static readonly AuditedKind Kind = new("result-files", stream => new ResultFilesAudit(stream));

    /// <summary>Removed ones too: who was given them may have to be shown what it was.</summary>
    public override IEnumerable<StoredFile> Files => State.Files.Select(f => f.File);

    protected override IEnumerable<IReadRow> RowsOf(ResultFilesState state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(ResultFilesEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is ResultFileAttached e && State.Lab is { } lab && lab != e.Lab)
        {
            yield return new BrokenInvariant(Invariant.EachItsOwn, $"{e.Lab} attaches a file to a result of {lab}");
        }
    }

    protected override bool MayHaveAsked(Actor actor, ResultFilesEvent happened, ResultFilesState after) => actor.Role == ActorRole.System || actor.Organisation == after.Lab;
}

internal sealed class ConfidentialityAudit(string stream)
    : StreamAudit<ConfidentialityState, ConfidentialityCommand, ConfidentialityEvent, Domain.Disclosures.Confidentiality>(stream)
{
    public static readonly AuditedKind Kind = new("confidentiality", stream => new ConfidentialityAudit(stream))
    {
        Tables = [OwnedTable.By<ConfidentialityRow>(nameof(ConfidentialityRow.Confidentiality))],
    };

    protected override IEnumerable<IReadRow> RowsOf(ConfidentialityState state) => ConfidentialityRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfEvent(ConfidentialityEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is not ConfidentialitySigned e)
        {
            yield break;
        }

        if (ConfidentialityId.Of(e.Result, e.Company).Value != Key)
        {
            yield return new BrokenInvariant(Invariant.EachItsOwn, $"{e.Company} signs about {e.Result} in another one's stream");
        }

        if (ConfidentialityText.Sha256Of(e.Version, e.Facts) != e.Sha256)
        {
            yield return new BrokenInvariant(Invariant.OneDocumentSigned, $"the text of version {e.Version} has another hash than what was signed");
        }
    }

    protected override bool MayHaveAsked(Actor actor, ConfidentialityEvent happened, ConfidentialityState after) => happened switch
    {
        ConfidentialitySigned e => actor.Organisation == e.Company,
        _ => actor.Role == ActorRole.System || actor.Organisation == after.Lab,
    };
}

internal sealed class FileAccessAudit(string stream) : StreamAudit<FileAccessState, FileAccessCommand, FileAccessEvent, FileAccessRules>(stream)
{
    public static readonly AuditedKind Kind = new("file-access", stream => new FileAccessAudit(stream))
    {
        Tables = [OwnedTable.By<FileAccessRow>(nameof(FileAccessRow.Access))],
    };

    protected override IEnumerable<IReadRow> RowsOf(FileAccessState state) => FileAccessRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfEvent(FileAccessEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (State.Given is not null)
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, "one delivery is recorded twice");
        }
    }

    /// <summary>Whoever was given it asked for it, and nobody of its lab is recorded.</summary>
    protected override bool MayHaveAsked(Actor actor, FileAccessEvent happened, FileAccessState after) =>
        happened is FileHandedOut e && e.Organisation == actor.Organisation && e.Person == actor.Person && e.Organisation != e.Lab;
}

internal sealed class EvidenceAudit(string stream) : StreamAudit<EvidenceState, EvidenceCommand, EvidenceEvent, EvidenceRules>(stream)
{
    public static readonly AuditedKind Kind = new("evidence", stream => new EvidenceAudit(stream));

    public override IEnumerable<StoredFile> Files => State.Items.Select(i => i.File);

    protected override IEnumerable<IReadRow> RowsOf(EvidenceState state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(EvidenceEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is EvidenceAttached e && e.Agreement.Value != Key)
        {
            yield return new BrokenInvariant(Invariant.EachItsOwn, $"evidence of {e.Agreement} is in another one's stream");
        }
    }

    protected override bool MayHaveAsked(Actor actor, EvidenceEvent happened, EvidenceState after) =>
        actor.Role is ActorRole.Lab or ActorRole.Company or ActorRole.Administrator or ActorRole.System && happened is EvidenceAttached e && e.Person == actor.Person;
}
