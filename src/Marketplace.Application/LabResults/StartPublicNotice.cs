using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Shows name and proposed price to everybody; the result is listed when the notice runs out.</summary>
/// <param name="Days">At least 15, the day of publication not counted.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record StartPublicNotice(Guid CommandId, LabResultId Result, int Days = LabResult.MinNoticeDays) : ICommandRequest;

internal sealed class StartPublicNoticeHandler(Commands commands) : IRequestHandler<StartPublicNotice, Answer>
{
    public Task<Answer> Handle(StartPublicNotice request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.StartPublicNotice(request.Days));
}
