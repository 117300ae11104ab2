using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Application.Tests.Payments;

/// <summary>A provider on whose pages people pay, at an address that only a test answers; it remembers what it was asked.</summary>
public sealed class PageProvider : IPaymentProvider, IHostedPages
{
    public const string Site = "http://provider.test";

    private readonly Dictionary<OrganisationId, string> names = [];

    string IPaymentProvider.Name => "pages";

    string IHostedPages.Name => "pages";

    public IReadOnlyList<PageWay> Ways { get; } = [new("page", new("在 pages 的页面上付款", "On a page of pages"))];

    /// <summary>It answers no question about its pages.</summary>
    public bool IsSilent { get; set; }

    public int Sent { get; private set; }

    public Uri? ReturnTo { get; private set; }

    public string? Country { get; private set; }

    public string NameOf(OrganisationId payee) => names[payee];

    public bool Offers(string method) => method == "page";

    public Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default)
    {
        Sent++;
        return Task.FromResult(new ProviderAnswer(IntentStatus.Processing, order.Intent.Value, 0));
    }

    public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default) =>
        Task.FromResult(order.ExternalId is { } known ? new ProviderAnswer(IntentStatus.Processing, known, 0) : null);

    public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) =>
        Task.FromResult<ProviderAnswer?>(new ProviderAnswer(IntentStatus.Failed, order.Intent.Value, 0, Reason: "withdrawn"));

    public Task<HostedPage?> OfPayment(PaymentOrder order, CancellationToken cancel = default) => Task.FromResult<HostedPage?>(Page($"pay/{order.Intent}"));

    public Task<HostedPage> ToSaveMethod(OrganisationId company, Uri returnTo, CancellationToken cancel = default)
    {
        ReturnTo = returnTo;
        return IsSilent ? throw new ProviderUnreachableException("silence") : Task.FromResult(Page($"save/{company}"));
    }

    public Task<HostedPage> ToBePaid(OrganisationId payee, string name, string country, Uri returnTo, CancellationToken cancel = default)
    {
        (names[payee], Country, ReturnTo) = (name, country, returnTo);
        return Task.FromResult(Page($"payee/{payee}"));
    }

    private static HostedPage Page(string path) => new(new Uri($"{Site}/{path}"), []);
}
