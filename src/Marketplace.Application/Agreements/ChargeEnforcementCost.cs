using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Adds a cost of enforcement to an overdue sum.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record ChargeEnforcementCost(Guid CommandId, AgreementId Agreement, int Obligation, Money Amount, string Reason) : ICommandRequest;

internal sealed class ChargeEnforcementCostHandler(Commands commands) : IRequestHandler<ChargeEnforcementCost, Answer>
{
    public Task<Answer> Handle(ChargeEnforcementCost request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.ChargeEnforcementCost(request.Obligation, request.Amount, request.Reason));
}
