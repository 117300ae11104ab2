using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Licensing;

[Stream("offer")]
public interface IOfferGrain : IJournaledGrain<OfferState>;

internal sealed class OfferGrain(Surroundings around)
    : JournaledGrain<OfferState, OfferCommand, OfferEvent, Offer>(around), IOfferGrain
{
    protected override IEnumerable<IReadRow> Rows(OfferState state) => state is { ResultId: { } result, Lab: { } lab, Terms: { } terms }
        ? [OfferRow.Of(Key, result, lab, terms, state)]
        : [];
}
