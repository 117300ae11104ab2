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
        ? [new OfferRow(Key, result.Value, lab.Value, state.Status, terms.Licence, terms.TrialMonths, terms.CommercialMonths, terms.Currency.Code, state.ValidUntil)]
        : [];
}
