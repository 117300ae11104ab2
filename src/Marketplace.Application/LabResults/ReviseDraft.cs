using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>The lab rewrites a listing that is not public yet; declaration and price have to be made again.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record ReviseDraft(Guid CommandId, LabResultId Result, ResultContent Content) : ICommandRequest;

internal sealed class ReviseDraftHandler(Commands commands) : IRequestHandler<ReviseDraft, Answer>
{
    public Task<Answer> Handle(ReviseDraft request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.ReviseDraft(request.Content));
}
