using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Payments;

namespace Marketplace.Application.Payments;

/// <summary>What a provider says by itself, and what can be read in its books. The provider of the same name moves the money.</summary>
public interface IProviderBooks
{
    /// <summary>As in <see cref="IPaymentProvider.Name"/>.</summary>
    string Name { get; }

    /// <summary>
    /// A notice that came from outside, if it is the provider's own, meant for us, and fresh. Refuses with <c>notice-forged</c>,
    /// <c>notice-stale</c>, <c>notice-foreign</c> or <c>notice-malformed</c>. One in another version than ours is accepted, to be parked.
    /// </summary>
    Result<ReceiveNotice> Verify(string body, string? signature, DateTimeOffset nowUtc);

    /// <summary>All that it has said since and that may concern us, in whatever order. It remembers for a month or so.</summary>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    IAsyncEnumerable<ReceiveNotice> NoticesSince(DateTimeOffset since, CancellationToken cancel = default);

    /// <summary>Looks up what a notice is about, as it is now.</summary>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    Task<ProviderNews> Read(NoticeReceived notice, CancellationToken cancel = default);

    /// <summary>The lines of its account of our balance since, in whatever order.</summary>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    IAsyncEnumerable<MovementSeen> MovementsSince(DateTimeOffset since, CancellationToken cancel = default);

    /// <summary>Our balance with it now, whatever of it is not available yet included; by currency.</summary>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    Task<IReadOnlyList<Money>> Balances(CancellationToken cancel = default);
}

/// <summary>What a notice means to us.</summary>
public abstract record ProviderNews
{
    private ProviderNews() { }

    /// <summary>A payment of ours may have changed: look it up.</summary>
    public sealed record OfPayment(AgreementId Agreement, PaymentIntentId Intent) : ProviderNews;

    /// <summary>A chargeback of a collection, as it now stands.</summary>
    public sealed record OfChargeback(AgreementId Agreement, RecordChargeback Chargeback) : ProviderNews;

    /// <summary>A part of a collection was given back, and not by an order of ours.</summary>
    /// <param name="Reference">The provider's id of the refund.</param>
    public sealed record OfRefund(AgreementId Agreement, PaymentIntentId Collection, string Reference, Money Amount, string Reason) : ProviderNews;

    /// <summary>How an organisation is known to the provider.</summary>
    public sealed record OfProfile(OrganisationId Organisation, PaymentProfileCommand Change) : ProviderNews;

    /// <summary>It changes nothing for us.</summary>
    public sealed record Nothing(string Why) : ProviderNews;

    /// <summary>A person must look at it.</summary>
    public sealed record NotUnderstood(string Why) : ProviderNews;
}

/// <summary>Pages of a provider on which people pay, leave a way to pay, or say who they are. No money moves by asking for one.</summary>
public interface IHostedPages
{
    /// <summary>As in <see cref="IPaymentProvider.Name"/>.</summary>
    string Name { get; }

    /// <summary>The ways of payments that are made on a page, as people are offered them.</summary>
    IReadOnlyList<PageWay> Ways { get; }

    /// <summary>Where a payment that was sent is made; null when there is no such page, or no more.</summary>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    Task<HostedPage?> OfPayment(PaymentOrder order, CancellationToken cancel = default);

    /// <summary>Where a company leaves a way to pay, for collections at the due date.</summary>
    /// <param name="returnTo">Where the provider sends people back to.</param>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    Task<HostedPage> ToSaveMethod(OrganisationId company, Uri returnTo, CancellationToken cancel = default);

    /// <summary>Where somebody who is to be paid says who they are and where to.</summary>
    /// <param name="country">Where it has its seat, ISO 3166, two letters.</param>
    /// <exception cref="ProviderUnreachableException">No answer.</exception>
    Task<HostedPage> ToBePaid(OrganisationId payee, string name, string country, Uri returnTo, CancellationToken cancel = default);
}

/// <param name="Without">Ways to pay that were asked for and are not offered on it.</param>
public sealed record HostedPage(Uri Address, IReadOnlyList<string> Without);

/// <param name="Method">As in <see cref="IPaymentProvider.Offers"/>.</param>
public sealed record PageWay(string Method, BilingualText Label);
