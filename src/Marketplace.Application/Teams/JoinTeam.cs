using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Teams;

/// <summary>Somebody with an account accepts an invitation.</summary>
/// <param name="Secret">What only the invitation's mail says.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record JoinTeam(Guid CommandId, InvitationId Invitation, string Secret) : ICommandRequest;

internal sealed class JoinTeamHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<JoinTeam, Answer>
{
    public async Task<Answer> Handle(JoinTeam request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var row = await database.Of<TeamInvitationRow>().FirstOrDefaultAsync(i => i.Invitation == request.Invitation.Value, cancellationToken);
        return row is not null && Id.TryParse<PersonId>(commands.Principal.Person, out var person)
            ? await commands.Execute<ITeamGrain>(request, row.Team, new Domain.Teams.JoinTeam(request.Invitation, person, request.Secret))
            : Refusal.NotFound();
    }
}
