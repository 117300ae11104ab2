using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party puts what the trial has shown before the other: each criterion, met or not, computed from the latest measurements.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record RequestSignOff(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class RequestSignOffHandler(Commands commands) : IRequestHandler<RequestSignOff, Answer>
{
    public Task<Answer> Handle(RequestSignOff request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.RequestSignOff());
}
