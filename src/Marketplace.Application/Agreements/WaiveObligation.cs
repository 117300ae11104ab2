using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The lab waives a part of what is open and undisputed.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Sign, Proven = true)]
public sealed record WaiveObligation(Guid CommandId, AgreementId Agreement, int Obligation, Money Amount, string Reason) : ICommandRequest;

internal sealed class WaiveObligationHandler(Commands commands) : IRequestHandler<WaiveObligation, Answer>
{
    public Task<Answer> Handle(WaiveObligation request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.WaiveObligation(request.Obligation, request.Amount, request.Reason));
}
