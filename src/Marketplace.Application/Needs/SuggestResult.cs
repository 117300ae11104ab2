using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Needs;

/// <summary>A laboratory holds one of its listed results out for a need, once.</summary>
/// <param name="Note">Why it fits, for the company's eyes.</param>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record SuggestResult(Guid CommandId, NeedId Need, LabResultId Result, string Note) : ICommandRequest;

internal sealed class SuggestResultHandler(Commands commands) : IRequestHandler<SuggestResult, Answer>
{
    public async Task<Answer> Handle(SuggestResult request, CancellationToken cancellationToken)
    {
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        if (result.Lab is not { } owner)
        {
            return Refusal.NotFound();
        }

        var lab = await commands.StateOf<IOrganisationGrain, OrganisationState>(owner.Value);
        return await commands.Execute<INeedGrain>(
            request, request.Need.Value, new Domain.Needs.SuggestResult(request.Result, owner, result.Status, lab.Status, request.Note));
    }
}
