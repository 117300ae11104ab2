using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Asks a payout back from a payee who owes it since. If the provider cannot, later payouts are less by it.</summary>
/// <param name="Intent">The payout.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate, Proven = true)]
public sealed record RecoverPayout(Guid CommandId, AgreementId Agreement, PaymentIntentId Intent, Money Amount) : ICommandRequest;

internal sealed class RecoverPayoutHandler(Commands commands) : IRequestHandler<RecoverPayout, Answer>
{
    public Task<Answer> Handle(RecoverPayout request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.RecoverPayout(request.Intent, request.Amount));
}
