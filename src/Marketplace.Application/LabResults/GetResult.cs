using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Everything about one result that the reader may see: the public part once it is public, all of it for its lab and administrators.</summary>
[AnyoneMayAsk]
public sealed record GetResult(LabResultId Result) : IQuery<ResultView>;

/// <param name="Inventors">Null for outsiders: who made it and how they share is the lab's own.</param>
/// <param name="InventorPoolPpm">Likewise.</param>
public sealed record ResultView(
    LabResultId Result,
    OrganisationId Lab,
    BilingualText LabName,
    ResultStatus Status,
    BilingualText Title,
    BilingualText Summary,
    BilingualText ProblemSolved,
    BilingualText Comparison,
    BilingualText Benefit,
    TechnologyField Field,
    IndustryCode Industry,
    TechnologyReadiness? Readiness,
    IReadOnlyList<IntellectualProperty> Rights,
    string RegionCode,
    ProposedPrice? Price,
    PublicNotice? Notice,
    DateTimeOffset? NoticeClosesAtUtc,
    SuspensionReason? Suspension,
    DateTimeOffset? ListedAtUtc,
    IReadOnlyList<Inventor>? Inventors,
    long? InventorPoolPpm);

internal sealed class GetResultHandler(Commands commands) : IRequestHandler<GetResult, Result<ResultView>>
{
    public async Task<Result<ResultView>> Handle(GetResult request, CancellationToken cancellationToken)
    {
        var state = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        if (state is not { Lab: { } lab, Content: { } content })
        {
            return Refusal.NotFound();
        }

        var isInsider = commands.Principal.Sees(lab);
        if (!isInsider && !LabResult.IsPublic(state.Status))
        {
            return Refusal.NotFound();
        }

        var owner = await commands.StateOf<IOrganisationGrain, OrganisationState>(lab.Value);
        return new ResultView(
            request.Result, lab, owner.Name, state.Status, content.Title, content.Summary, content.ProblemSolved, content.Comparison, content.Benefit,
            content.Field, content.Industry, content.Readiness, content.Rights, content.RegionCode,
            state.Price, state.Notice, state.Notice?.ClosesAtUtc, state.Suspension, state.ListedAtUtc,
            isInsider ? content.Inventors : null, isInsider ? content.InventorPoolPpm : null);
    }
}
