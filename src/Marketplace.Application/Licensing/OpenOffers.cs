using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Licensing;

public static class OpenOffers
{
    /// <summary>Those that may be applied for on this local day, as <see cref="OfferState.IsOpenOn"/> says of one.</summary>
    public static IQueryable<OfferRow> OpenOn(this IQueryable<OfferRow> offers, DateOnly day) => offers.Where(o => o.Status == OfferStatus.Open && o.ValidUntil >= day);
}
