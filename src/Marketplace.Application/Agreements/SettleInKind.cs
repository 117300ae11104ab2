using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The lab has received equity for a sum that may be settled so.</summary>
/// <param name="Amount">How much of the sum it settles.</param>
[MayAsk(ActorRole.Lab, For = Duty.Sign, Proven = true)]
public sealed record SettleInKind(Guid CommandId, AgreementId Agreement, int Obligation, Money Amount, string Evidence) : ICommandRequest;

internal sealed class SettleInKindHandler(Commands commands) : IRequestHandler<SettleInKind, Answer>
{
    public Task<Answer> Handle(SettleInKind request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value, new Domain.Agreements.SettleInKind(request.Obligation, request.Amount, request.Evidence));
}
