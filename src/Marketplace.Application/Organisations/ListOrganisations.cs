using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Organisations;

/// <summary>All registrations, e.g. those that wait for verification, by id.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListOrganisations(
    OrganisationStatus? Status = null, OrganisationKind? Kind = null, string? After = null, int Limit = 50) : IQuery<Page<OrganisationRow>>;

internal sealed class ListOrganisationsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListOrganisations, Result<Page<OrganisationRow>>>
{
    public Task<Result<Page<OrganisationRow>>> Handle(ListOrganisations request, CancellationToken cancellationToken) =>
        reads.PageByKey<OrganisationRow>(
            request.After, request.Limit,
            rows => rows.Where(o => (request.Status == null || o.Status == request.Status) && (request.Kind == null || o.Kind == request.Kind)),
            cancellationToken);
}
