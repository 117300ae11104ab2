using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Licensing;

/// <summary>Offers, withdrawn and expired ones too, by id. An offer is addressed to everybody, so the list is public.</summary>
/// <param name="OpenOn">Only those that a company may apply for on this local day.</param>
/// <param name="After">Id of the last one on the page before.</param>
[AnyoneMayAsk]
public sealed record ListOffers(
    LabResultId? Result = null, OrganisationId? Lab = null, DateOnly? OpenOn = null, string? After = null, int Limit = 50) : IQuery<Page<OfferRow>>;

internal sealed class ListOffersHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListOffers, Result<Page<OfferRow>>>
{
    public async Task<Result<Page<OfferRow>>> Handle(ListOffers request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (result, lab) = (request.Result?.Value, request.Lab?.Value);
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<OfferRow>()
            .Where(o => (result == null || o.Result == result) && (lab == null || o.Lab == lab))
            .Where(o => request.OpenOn == null || (o.Status == OfferStatus.Open && o.ValidUntil >= request.OpenOn))
            .Where(o => request.After == null || string.Compare(o.Offer, request.After) > 0)
            .OrderBy(o => o.Offer)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<OfferRow>.Of(rows, request.Limit, o => o.Offer);
    }
}
