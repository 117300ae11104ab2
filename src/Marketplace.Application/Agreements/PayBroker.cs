using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Orders the payout of the broker's share.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance, Proven = true)]
public sealed record PayBroker(Guid CommandId, AgreementId Agreement, string Provider, string Method) : ICommandRequest;

internal sealed class PayBrokerHandler(Commands commands, PaymentProviders providers) : IRequestHandler<PayBroker, Answer>
{
    public async Task<Answer> Handle(PayBroker request, CancellationToken cancellationToken) =>
        providers.Check(request.Provider, request.Method) is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.PayBroker(request.Provider, request.Method));
}
