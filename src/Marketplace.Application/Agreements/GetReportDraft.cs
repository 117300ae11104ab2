using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>What the company has kept of the report that is due next; nobody else is told that there is anything.</summary>
[MayAsk(ActorRole.Company, For = Duty.Read)]
public sealed record GetReportDraft(AgreementId Agreement) : IQuery<ReportDraftState>;

internal sealed class GetReportDraftHandler(Commands commands) : IRequestHandler<GetReportDraft, Result<ReportDraftState>>
{
    public async Task<Result<ReportDraftState>> Handle(GetReportDraft request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        // What was kept for a period that has been reported since is over.
        var kept = await commands.StateOf<IReportDraftGrain, ReportDraftState>(request.Agreement.Value);
        return kept.Period == AgreementRules.NextPeriod(visible.Value)?.Number ? kept : ReportDraft.Initial;
    }
}
