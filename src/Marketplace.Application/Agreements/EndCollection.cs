using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company permits collection at the due date no more. What is being collected already goes on.</summary>
[MayAsk(ActorRole.Company, For = Duty.Finance)]
public sealed record EndCollection(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class EndCollectionHandler(Commands commands) : IRequestHandler<EndCollection, Answer>
{
    public Task<Answer> Handle(EndCollection request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.EndCollection());
}
