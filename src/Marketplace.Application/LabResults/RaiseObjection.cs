using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Anybody objects to a result under public notice; the clock stands still until the answer.</summary>
[AnyoneMayAsk]
public sealed record RaiseObjection(Guid CommandId, LabResultId Result, string Objector, string Contact, string Grounds) : ICommandRequest;

internal sealed class RaiseObjectionHandler(Commands commands) : IRequestHandler<RaiseObjection, Answer>
{
    public Task<Answer> Handle(RaiseObjection request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.RaiseObjection(request.Objector, request.Contact, request.Grounds));
}
