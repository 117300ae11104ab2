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
    public Task<Result<Page<OfferRow>>> Handle(ListOffers request, CancellationToken cancellationToken)
    {
        var (result, lab) = (request.Result?.Value, request.Lab?.Value);
        return reads.PageByKey<OfferRow>(
            request.After, request.Limit,
            rows => rows
                .Where(o => (result == null || o.Result == result) && (lab == null || o.Lab == lab))
                .Where(o => request.OpenOn == null || (o.Status == OfferStatus.Open && o.ValidUntil >= request.OpenOn)),
            cancellationToken);
    }
}
