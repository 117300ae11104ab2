using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Asks the authorised provider for what is due of one sum, e.g. after a decline.</summary>
[MayAsk(ActorRole.Company, ActorRole.Administrator, For = Duty.Finance)]
public sealed record CollectObligation(Guid CommandId, AgreementId Agreement, int Obligation) : ICommandRequest;

internal sealed class CollectObligationHandler(Commands commands) : IRequestHandler<CollectObligation, Answer>
{
    public Task<Answer> Handle(CollectObligation request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.CollectObligation(request.Obligation));
}
