using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Licensing;

/// <param name="PaymentModels">Names of the models that its payments combine, in the order of their clauses, each once, with spaces between.</param>
/// <param name="ValidUntil">Last local day on which a company may apply.</param>
[ReadTable("offers")]
public sealed record OfferRow(
    string Offer,
    string Result,
    string Lab,
    OfferStatus Status,
    LicenceKind Licence,
    int TrialMonths,
    int CommercialMonths,
    string Currency,
    string PaymentModels,
    DateOnly ValidUntil,
    OfferCover Cover) : IReadRow
{
    /// <summary>What <see cref="PaymentModels"/> names.</summary>
    public IReadOnlyList<PaymentModel> Models() => SpacedNames.Parse<PaymentModel>(PaymentModels);

    /// <summary>The rows of an offer, from its state alone.</summary>
    public static IEnumerable<IReadRow> Of(string id, OfferState state) => state is { ResultId: { } result, Lab: { } lab, Terms: { } terms }
        ?
        [
            new OfferRow(
                id, result.Value, lab.Value, state.Status, terms.Licence, terms.TrialMonths, terms.CommercialMonths, terms.Currency.Code,
                SpacedNames.Join(terms.Payments.Select(p => p.Model)), state.ValidUntil, OfferCovers.Of(terms)),
        ]
        : [];
}
