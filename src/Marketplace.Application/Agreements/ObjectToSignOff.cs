using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The other party objects to the result of the trial; it can be put before it again.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record ObjectToSignOff(Guid CommandId, AgreementId Agreement, string Reason) : ICommandRequest;

internal sealed class ObjectToSignOffHandler(Commands commands) : IRequestHandler<ObjectToSignOff, Answer>
{
    public Task<Answer> Handle(ObjectToSignOff request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ObjectToSignOff(request.Reason));
}
