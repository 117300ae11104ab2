using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>An administrator decides a contested claim.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record DecideTrigger(Guid CommandId, AgreementId Agreement, int Trigger, bool Confirm, string Reason) : ICommandRequest;

internal sealed class DecideTriggerHandler(Commands commands) : IRequestHandler<DecideTrigger, Answer>
{
    public Task<Answer> Handle(DecideTrigger request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.DecideTrigger(request.Trigger, request.Confirm, request.Reason));
}
