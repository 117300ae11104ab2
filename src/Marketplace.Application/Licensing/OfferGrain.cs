using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Licensing;

[Stream("offer")]
public interface IOfferGrain : IJournaledGrain<OfferState>;

internal sealed class OfferGrain(Surroundings around)
    : JournaledGrain<OfferState, OfferCommand, OfferEvent, Offer>(around), IOfferGrain
{
    protected override IEnumerable<IReadRow> Rows(OfferState state) => OfferRow.Of(Key, state);
}
