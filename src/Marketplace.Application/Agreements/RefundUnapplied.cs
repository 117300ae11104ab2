using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Sends unapplied cash of one receipt back to the company.</summary>
/// <param name="Receipt">Number of the receipt within the agreement, from 1.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate, Proven = true)]
public sealed record RefundUnapplied(Guid CommandId, AgreementId Agreement, int Receipt, Money Amount, string Provider, string Method) : ICommandRequest;

internal sealed class RefundUnappliedHandler(Commands commands, PaymentProviders providers) : IRequestHandler<RefundUnapplied, Answer>
{
    public async Task<Answer> Handle(RefundUnapplied request, CancellationToken cancellationToken) =>
        providers.Check(request.Provider, request.Method) is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(
                request, request.Agreement.Value, new Domain.Agreements.RefundUnapplied(request.Receipt, request.Amount, request.Provider, request.Method));
}
