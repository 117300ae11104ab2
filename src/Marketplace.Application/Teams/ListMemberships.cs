using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Teams;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Teams;

/// <summary>The teams that somebody belongs to, the marketplace's own first. Asked by the host before it lets them ask for anything.</summary>
[MayAsk(ActorRole.System, For = Duty.Read)]
public sealed record ListMemberships(PersonId Person) : IQuery<IReadOnlyList<Membership>>;

/// <param name="Organisation">Null: the marketplace itself; then there are no kind, status and name.</param>
public sealed record Membership(
    PersonId Person, IReadOnlyList<MemberRole> Roles, OrganisationId? Organisation, OrganisationKind? Kind, OrganisationStatus? Status, BilingualText? Name)
{
    /// <summary>The person as whom this membership makes them.</summary>
    /// <param name="isProven">As in <see cref="Door.Principal.IsProven"/>.</param>
    public Principal Principal(bool isProven) => new(
        Kind is not { } kind ? ActorRole.Administrator : kind switch
        {
            OrganisationKind.Lab => ActorRole.Lab,
            OrganisationKind.Company => ActorRole.Company,
            OrganisationKind.Guarantor => ActorRole.Guarantor,
            OrganisationKind.Broker => ActorRole.Broker,
        },
        Organisation, Person.Value, Duty.Self | Roles.Duties(), isProven);
}

internal sealed class ListMembershipsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListMemberships, Result<IReadOnlyList<Membership>>>
{
    public async Task<Result<IReadOnlyList<Membership>>> Handle(ListMemberships request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<TeamMemberRow>()
            .Where(m => m.Person == request.Person.Value && m.Roles != "")
            .GroupJoin(database.Of<OrganisationRow>(), m => m.Team, o => o.Organisation, (m, o) => new { Member = m, Organisations = o })
            .SelectMany(r => r.Organisations.DefaultIfEmpty(), (r, o) => new { r.Member, Organisation = o })
            .ToListAsync(cancellationToken);
        return Result<IReadOnlyList<Membership>>.Of(
        [
            .. rows.OrderBy(r => r.Organisation is not null).ThenBy(r => r.Member.Team, StringComparer.Ordinal).Select(r => new Membership(
                request.Person, r.Member.RoleList(), r.Organisation is null ? null : OrganisationId.Wrap(r.Organisation.Organisation),
                r.Organisation?.Kind, r.Organisation?.Status, r.Organisation is null ? null : new BilingualText(r.Organisation.NameZh, r.Organisation.NameEn))),
        ]);
    }
}
