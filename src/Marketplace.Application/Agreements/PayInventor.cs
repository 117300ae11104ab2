using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Orders the payout of one inventor's share.</summary>
/// <param name="Inventor">Place in the split, from 1.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance, Proven = true)]
public sealed record PayInventor(Guid CommandId, AgreementId Agreement, int Inventor, string Provider, string Method) : ICommandRequest;

internal sealed class PayInventorHandler(Commands commands, PaymentProviders providers) : IRequestHandler<PayInventor, Answer>
{
    public async Task<Answer> Handle(PayInventor request, CancellationToken cancellationToken) =>
        providers.Check(request.Provider, request.Method) is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(
                request, request.Agreement.Value, new Domain.Agreements.PayInventor(request.Inventor, request.Provider, request.Method));
}
