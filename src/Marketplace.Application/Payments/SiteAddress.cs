namespace Marketplace.Application.Payments;

/// <summary>Where this site is reached from outside: a setting, and never what a request says of itself, or whoever asks chose where others are sent.</summary>
/// <param name="Root">An absolute http or https address.</param>
public sealed record SiteAddress(Uri Root)
{
    /// <summary>The page on which an organisation sees how it pays and is paid; people come back to it from a provider's pages.</summary>
    public const string PaymentSettings = "/payment-settings";

    /// <summary>A page of this site as others must name it.</summary>
    public Uri Of(string path) => new(Root, path);
}
