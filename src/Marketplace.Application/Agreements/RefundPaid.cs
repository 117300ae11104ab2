using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Gives back money that had paid something, which is then owed no more. Whoever was given a share of it owes that share.</summary>
/// <param name="Receipt">Number of the receipt within the agreement, from 1.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance, Proven = true)]
public sealed record RefundPaid(Guid CommandId, AgreementId Agreement, int Receipt, Money Amount, string Provider, string Method, string Reason) : ICommandRequest;

internal sealed class RefundPaidHandler(Commands commands, PaymentProviders providers) : IRequestHandler<RefundPaid, Answer>
{
    public async Task<Answer> Handle(RefundPaid request, CancellationToken cancellationToken) =>
        providers.Check(request.Provider, request.Method) is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.RefundPaid(request.Receipt, request.Amount, request.Provider, request.Method, request.Reason));
}
