using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Organisations;

/// <summary>An organisation's own registration; administrators see everybody's.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetOrganisation(OrganisationId Organisation) : IQuery<OrganisationRow>;

internal sealed class GetOrganisationHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller)
    : IRequestHandler<GetOrganisation, Result<OrganisationRow>>
{
    public async Task<Result<OrganisationRow>> Handle(GetOrganisation request, CancellationToken cancellationToken)
    {
        if (!caller.Principal.Sees(request.Organisation))
        {
            return Refusal.NotFound();
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var row = await database.Of<OrganisationRow>().FirstOrDefaultAsync(o => o.Organisation == request.Organisation.Value, cancellationToken);
        return row is null ? Refusal.NotFound() : row;
    }
}
