using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Licensing;

/// <summary>An offer with all its terms; public, so that a company knows the whole cost before it applies.</summary>
[AnyoneMayAsk]
public sealed record GetOffer(OfferId Offer) : IQuery<OfferView>;

public sealed record OfferView(OfferId Offer, LabResultId Result, OrganisationId Lab, OfferStatus Status, AgreementTerms Terms, DateOnly ValidUntil);

internal sealed class GetOfferHandler(Commands commands) : IRequestHandler<GetOffer, Result<OfferView>>
{
    public async Task<Result<OfferView>> Handle(GetOffer request, CancellationToken cancellationToken)
    {
        var state = await commands.StateOf<IOfferGrain, OfferState>(request.Offer.Value);
        return state is { ResultId: { } result, Lab: { } lab, Terms: { } terms }
            ? new OfferView(request.Offer, result, lab, state.Status, terms, state.ValidUntil)
            : Refusal.NotFound();
    }
}
