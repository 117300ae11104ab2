using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Ends a suspension.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record ResumeResult(Guid CommandId, LabResultId Result, string Explanation) : ICommandRequest;

internal sealed class ResumeResultHandler(Commands commands) : IRequestHandler<ResumeResult, Answer>
{
    public Task<Answer> Handle(ResumeResult request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.ResumeResult(request.Explanation));
}
