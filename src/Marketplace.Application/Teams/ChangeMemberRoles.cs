using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using MediatR;

namespace Marketplace.Application.Teams;

/// <summary>Whoever leads a team says what somebody is in it, from their next request on.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Lead, Proven = true)]
public sealed record ChangeMemberRoles(Guid CommandId, PersonId Person, IReadOnlyList<MemberRole> Roles) : ICommandRequest;

internal sealed class ChangeMemberRolesHandler(Commands commands) : IRequestHandler<ChangeMemberRoles, Answer>
{
    public Task<Answer> Handle(ChangeMemberRoles request, CancellationToken cancellationToken) => commands.Execute<ITeamGrain>(
        request, ITeamGrain.KeyOf(commands.Principal.Organisation), new Domain.Teams.ChangeMemberRoles(request.Person, [.. request.Roles]));
}
