using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A payment that was begun is not to be made after all, if it is not too late.</summary>
[MayAsk(ActorRole.Company, ActorRole.Administrator, For = Duty.Finance)]
public sealed record WithdrawPayment(Guid CommandId, AgreementId Agreement, PaymentIntentId Intent) : ICommandRequest;

internal sealed class WithdrawPaymentHandler(Commands commands) : IRequestHandler<WithdrawPayment, Answer>
{
    public Task<Answer> Handle(WithdrawPayment request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.WithdrawPayment(request.Intent));
}
