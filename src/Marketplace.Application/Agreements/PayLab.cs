using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Orders the payout of the lab's own share.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance, Proven = true)]
public sealed record PayLab(Guid CommandId, AgreementId Agreement, string Provider, string Method) : ICommandRequest;

internal sealed class PayLabHandler(Commands commands, PaymentProviders providers) : IRequestHandler<PayLab, Answer>
{
    public async Task<Answer> Handle(PayLab request, CancellationToken cancellationToken) =>
        providers.Check(request.Provider, request.Method) is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.PayLab(request.Provider, request.Method));
}
