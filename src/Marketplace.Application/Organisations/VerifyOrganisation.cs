using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Organisations;

/// <summary>An administrator has seen the papers of an organisation: it may act from now on.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record VerifyOrganisation(Guid CommandId, OrganisationId Organisation) : ICommandRequest;

internal sealed class VerifyOrganisationHandler(Commands commands) : IRequestHandler<VerifyOrganisation, Answer>
{
    public Task<Answer> Handle(VerifyOrganisation request, CancellationToken cancellationToken) =>
        commands.Execute<IOrganisationGrain>(request, request.Organisation.Value, new Domain.Organisations.VerifyOrganisation());
}
