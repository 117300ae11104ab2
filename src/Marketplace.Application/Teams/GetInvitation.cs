using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Teams;

/// <summary>What an invitation is to; for whoever knows its secret, and for nobody else.</summary>
[AnyoneMayAsk]
public sealed record GetInvitation(InvitationId Invitation, string Secret) : IQuery<InvitationView>;

/// <param name="Organisation">Null: the marketplace itself.</param>
/// <param name="IsOpen">Whether it can be accepted now.</param>
public sealed record InvitationView(InvitationId Invitation, BilingualText? Organisation, IReadOnlyList<MemberRole> Roles, bool IsOpen);

internal sealed class GetInvitationHandler(IDbContextFactory<MarketplaceReads> reads, Grains.MarketplaceClock clock) : IRequestHandler<GetInvitation, Result<InvitationView>>
{
    public async Task<Result<InvitationView>> Handle(GetInvitation request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var row = await database.Of<TeamInvitationRow>().FirstOrDefaultAsync(i => i.Invitation == request.Invitation.Value, cancellationToken);
        if (row is null || row.SecretHash != Sha256Hex.Of(request.Secret))
        {
            return Refusal.NotFound();
        }

        var organisation = await database.Of<OrganisationRow>().FirstOrDefaultAsync(o => o.Organisation == row.Team, cancellationToken);
        return new InvitationView(
            request.Invitation, organisation is null ? null : new BilingualText(organisation.NameZh, organisation.NameEn), TeamRows.Read(row.Roles),
            row.Status == InvitationStatus.Open && clock.NowUtc.UtcDateTime < row.ExpiresAtUtc);
    }
}
