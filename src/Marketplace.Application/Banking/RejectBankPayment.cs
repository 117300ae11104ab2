using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>An administrator has a payment not be made; what it was for is owed again.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record RejectBankPayment(Guid CommandId, PaymentIntentId Payment, string Reason) : ICommandRequest;

internal sealed class RejectBankPaymentHandler(Commands commands) : IRequestHandler<RejectBankPayment, Answer>
{
    public Task<Answer> Handle(RejectBankPayment request, CancellationToken cancellationToken) =>
        commands.Execute<IBankPaymentGrain>(request, request.Payment.Value, new Domain.Banking.RejectBankPayment(request.Reason));
}
