using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>A lab begins a listing of its own; nobody else sees it.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record DraftResult(Guid CommandId, ResultContent Content) : ICommandRequest;

internal sealed class DraftResultHandler(Commands commands) : IRequestHandler<DraftResult, Answer>
{
    public Task<Answer> Handle(DraftResult request, CancellationToken cancellationToken) => commands.Execute<ILabResultGrain>(
        request, Id.CreatedBy<LabResultId>(request.CommandId).Value, new Domain.LabResults.DraftResult(commands.OwnOrganisation, request.Content));
}
