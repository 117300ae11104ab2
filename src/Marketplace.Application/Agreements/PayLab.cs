using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Orders the payout of the lab's own share.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator)]
public sealed record PayLab(Guid CommandId, AgreementId Agreement, string Provider, string Method) : ICommandRequest;

internal sealed class PayLabHandler(Commands commands) : IRequestHandler<PayLab, Answer>
{
    public Task<Answer> Handle(PayLab request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.PayLab(request.Provider, request.Method));
}
