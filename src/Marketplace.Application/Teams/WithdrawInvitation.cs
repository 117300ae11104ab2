using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using MediatR;

namespace Marketplace.Application.Teams;

/// <summary>Whoever leads a team takes an invitation back before it is accepted.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Lead)]
public sealed record WithdrawInvitation(Guid CommandId, InvitationId Invitation) : ICommandRequest;

internal sealed class WithdrawInvitationHandler(Commands commands) : IRequestHandler<WithdrawInvitation, Answer>
{
    public Task<Answer> Handle(WithdrawInvitation request, CancellationToken cancellationToken) =>
        commands.Execute<ITeamGrain>(request, ITeamGrain.KeyOf(commands.Principal.Organisation), new Domain.Teams.WithdrawInvitation(request.Invitation));
}
