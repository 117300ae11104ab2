using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Organisations;

/// <summary>Ends a suspension.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record ReinstateOrganisation(Guid CommandId, OrganisationId Organisation) : ICommandRequest;

internal sealed class ReinstateOrganisationHandler(Commands commands) : IRequestHandler<ReinstateOrganisation, Answer>
{
    public Task<Answer> Handle(ReinstateOrganisation request, CancellationToken cancellationToken) =>
        commands.Execute<IOrganisationGrain>(request, request.Organisation.Value, new Domain.Organisations.ReinstateOrganisation());
}
