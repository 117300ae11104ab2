using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party claims, or an administrator whom the platform's data tell, that an event which makes money fall due has happened; silence for 15 days confirms it.</summary>
/// <param name="Trigger">Position in the payments of the terms, from 0.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record ClaimTrigger(Guid CommandId, AgreementId Agreement, int Trigger, DateOnly OccurredOn, string Evidence) : ICommandRequest;

internal sealed class ClaimTriggerHandler(Commands commands) : IRequestHandler<ClaimTrigger, Answer>
{
    public Task<Answer> Handle(ClaimTrigger request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.ClaimTrigger(request.Trigger, request.OccurredOn, request.Evidence));
}
