using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Application.Invariants;

internal sealed class ReportDraftAudit(string stream) : StreamAudit<ReportDraftState, ReportDraftCommand, ReportDraftEvent, ReportDraft>(stream)
{
    public static readonly AuditedKind Kind = new("report-draft", stream => new ReportDraftAudit(stream));

    protected override IEnumerable<IReadRow> RowsOf(ReportDraftState state) => [];

    /// <summary>Only the company writes its drafts.</summary>
    protected override bool MayHaveAsked(Actor actor, ReportDraftEvent happened, ReportDraftState after) =>
        actor.Role == ActorRole.System || (actor.Role == ActorRole.Company && happened is ReportDraftSaved e && actor.Organisation == e.Company);
}
