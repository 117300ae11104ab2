using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party accepts the newest version; once both have, it can be signed.</summary>
/// <param name="Version">The version that was read: a newer one is refused, so that nobody accepts what they have not seen.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record AcceptTerms(Guid CommandId, AgreementId Agreement, int Version) : ICommandRequest;

internal sealed class AcceptTermsHandler(Commands commands) : IRequestHandler<AcceptTerms, Answer>
{
    public Task<Answer> Handle(AcceptTerms request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AcceptTerms(request.Version));
}
