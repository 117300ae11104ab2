using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The other party contests a claimed trigger within its window.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record ContestTrigger(Guid CommandId, AgreementId Agreement, int Trigger, string Reason) : ICommandRequest;

internal sealed class ContestTriggerHandler(Commands commands) : IRequestHandler<ContestTrigger, Answer>
{
    public Task<Answer> Handle(ContestTrigger request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ContestTrigger(request.Trigger, request.Reason));
}
