using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Nothing new may be agreed on the result; licences already granted survive.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record SuspendResult(Guid CommandId, LabResultId Result, SuspensionReason Reason, string Explanation) : ICommandRequest;

internal sealed class SuspendResultHandler(Commands commands) : IRequestHandler<SuspendResult, Answer>
{
    public Task<Answer> Handle(SuspendResult request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.SuspendResult(request.Reason, request.Explanation));
}
