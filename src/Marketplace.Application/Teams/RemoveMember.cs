using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Teams;

/// <summary>Whoever leads a team has somebody leave it, from their next request on.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Lead, Proven = true)]
public sealed record RemoveMember(Guid CommandId, PersonId Person) : ICommandRequest;

internal sealed class RemoveMemberHandler(Commands commands) : IRequestHandler<RemoveMember, Answer>
{
    public Task<Answer> Handle(RemoveMember request, CancellationToken cancellationToken) =>
        commands.Execute<ITeamGrain>(request, ITeamGrain.KeyOf(commands.Principal.Organisation), new Domain.Teams.RemoveMember(request.Person));
}
