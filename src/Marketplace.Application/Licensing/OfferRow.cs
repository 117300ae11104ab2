using Marketplace.Application.Reads;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Licensing;

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
    DateOnly ValidUntil) : IReadRow;
