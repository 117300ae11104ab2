using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>The lab declares that it may dispose of the result.</summary>
/// <param name="TitleIsClear">权属清晰</param>
/// <param name="NoDispute">无争议</param>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record SubmitResult(Guid CommandId, LabResultId Result, bool TitleIsClear, bool NoDispute) : ICommandRequest;

internal sealed class SubmitResultHandler(Commands commands) : IRequestHandler<SubmitResult, Answer>
{
    public async Task<Answer> Handle(SubmitResult request, CancellationToken cancellationToken)
    {
        var lab = await commands.StateOf<IOrganisationGrain, OrganisationState>(commands.OwnOrganisation.Value);
        return await commands.Execute<ILabResultGrain>(
            request, request.Result.Value, new Domain.LabResults.SubmitResult(request.TitleIsClear, request.NoDispute, lab.Status));
    }
}
