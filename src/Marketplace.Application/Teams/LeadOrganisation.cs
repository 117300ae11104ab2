using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Teams;
using MediatR;

namespace Marketplace.Application.Teams;

/// <summary>Whoever has registered an organisation takes its lead. Whoever has not is told that there is no such organisation.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Person, For = Duty.Self)]
public sealed record LeadOrganisation(Guid CommandId, OrganisationId Organisation) : ICommandRequest;

internal sealed class LeadOrganisationHandler(Commands commands) : IRequestHandler<LeadOrganisation, Answer>
{
    public async Task<Answer> Handle(LeadOrganisation request, CancellationToken cancellationToken)
    {
        var organisation = await commands.StateOf<IOrganisationGrain, OrganisationState>(request.Organisation.Value);
        return organisation.Registrant is { } registrant && registrant.Value == commands.Principal.Person && organisation.Status != OrganisationStatus.Rejected
            ? await commands.Execute<ITeamGrain>(request, ITeamGrain.KeyOf(request.Organisation), new FoundTeam(request.Organisation, organisation.Registrations, registrant))
            : Refusal.NotFound();
    }
}
