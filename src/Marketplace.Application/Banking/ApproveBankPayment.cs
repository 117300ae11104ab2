using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>Two different administrators approve a payment before a bank hears of it.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record ApproveBankPayment(Guid CommandId, PaymentIntentId Payment) : ICommandRequest;

internal sealed class ApproveBankPaymentHandler(Commands commands) : IRequestHandler<ApproveBankPayment, Answer>
{
    public Task<Answer> Handle(ApproveBankPayment request, CancellationToken cancellationToken) =>
        commands.Execute<IBankPaymentGrain>(request, request.Payment.Value, new Domain.Banking.ApproveBankPayment());
}
