using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Teams;

/// <summary>Who belongs to one's own team, and who is invited.</summary>
/// <param name="Organisation">By administrators only: another team than the marketplace's own.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetTeam(OrganisationId? Organisation = null) : IQuery<TeamView>;

/// <param name="Members">By person.</param>
/// <param name="Invitations">Those that can still be accepted, the next to expire first.</param>
public sealed record TeamView(OrganisationId? Organisation, IReadOnlyList<TeamMember> Members, IReadOnlyList<OpenInvitation> Invitations);

/// <param name="Inventor">By which name an inventor stands in splits; null of all others.</param>
public sealed record TeamMember(PersonId Person, IReadOnlyList<MemberRole> Roles, string? Inventor = null);

/// <param name="Inventor">As in <see cref="TeamMember.Inventor"/>.</param>
public sealed record OpenInvitation(InvitationId Invitation, IReadOnlyList<MemberRole> Roles, DateTimeOffset ExpiresAtUtc, string? Inventor = null);

internal sealed class GetTeamHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller, Grains.MarketplaceClock clock) : IRequestHandler<GetTeam, Result<TeamView>>
{
    public async Task<Result<TeamView>> Handle(GetTeam request, CancellationToken cancellationToken)
    {
        var organisation = caller.Principal.Organisation ?? request.Organisation;
        if (request.Organisation is { } asked && asked != organisation)
        {
            return Refusal.NotFound();
        }

        var (key, now) = (ITeamGrain.KeyOf(organisation), clock.NowUtc.UtcDateTime);
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var members = await database.Of<TeamMemberRow>().Where(m => m.Team == key && m.Roles != "").OrderBy(m => m.Person).ToListAsync(cancellationToken);
        var invitations = await database.Of<TeamInvitationRow>()
            .Where(i => i.Team == key && i.Status == InvitationStatus.Open && i.ExpiresAtUtc > now)
            .OrderBy(i => i.ExpiresAtUtc).ThenBy(i => i.Invitation)
            .ToListAsync(cancellationToken);
        return new TeamView(
            organisation,
            [.. members.Select(m => new TeamMember(PersonId.Wrap(m.Person), m.RoleList(), m.Inventor))],
            [.. invitations.Select(i => new OpenInvitation(InvitationId.Wrap(i.Invitation), TeamRows.Read(i.Roles), i.ExpiresAtUtc.Instant(), i.Inventor))]);
    }
}
