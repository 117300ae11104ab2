using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Teams;

/// <summary>A member leaves the team that they act for.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Self)]
public sealed record LeaveTeam(Guid CommandId) : ICommandRequest;

internal sealed class LeaveTeamHandler(Commands commands) : IRequestHandler<LeaveTeam, Answer>
{
    public async Task<Answer> Handle(LeaveTeam request, CancellationToken cancellationToken) => Id.TryParse<PersonId>(commands.Principal.Person, out var person)
        ? await commands.Execute<ITeamGrain>(request, ITeamGrain.KeyOf(commands.Principal.Organisation), new Domain.Teams.RemoveMember(person))
        : Refusal.NotFound();
}
