using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company accepts the delivery; the trial begins.</summary>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record AcceptDelivery(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class AcceptDeliveryHandler(Commands commands) : IRequestHandler<AcceptDelivery, Answer>
{
    public Task<Answer> Handle(AcceptDelivery request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AcceptDelivery());
}
