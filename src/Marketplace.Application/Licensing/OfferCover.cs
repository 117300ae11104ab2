using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Licensing;

/// <summary>Who stands behind what a company will owe.</summary>
public enum OfferCover
{
    /// <summary>A guarantor, insurer or bank signs too, and pays first when the company does not.</summary>
    Guaranteed,

    /// <summary>The company alone.</summary>
    Unsecured,
}

public static class OfferCovers
{
    public static OfferCover Of(AgreementTerms terms) => ThirdParty.Of(terms) is { Role: ThirdPartyRole.Guarantor } ? OfferCover.Guaranteed : OfferCover.Unsecured;
}
