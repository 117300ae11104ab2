using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>The lab gives a company nothing more under a confidentiality agreement; the company is told why. What it was given stays confidential.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record EndConfidentialAccess(Guid CommandId, ConfidentialityId Confidentiality, string Reason) : ICommandRequest;

internal sealed class EndConfidentialAccessHandler(Commands commands) : IRequestHandler<EndConfidentialAccess, Answer>
{
    public Task<Answer> Handle(EndConfidentialAccess request, CancellationToken cancellationToken) =>
        commands.Execute<IConfidentialityGrain>(request, request.Confidentiality.Value, new Domain.Disclosures.EndConfidentialAccess(request.Reason));
}
