using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>Stripe's own pages: pay, leave a way to pay, become somebody who can be paid.</summary>
internal sealed class StripePages(StripeApi stripe, StripeCustomers customers, CheckoutPages checkout, Invoices invoices) : IHostedPages
{
    public string Name => StripeSettings.ProviderName;

    public IReadOnlyList<PageWay> Ways { get; } =
    [
        new(StripePayments.Checkout, new("在 Stripe 的页面上付款（页面一天内有效）", "On a page of Stripe, open for a day")),
        new(StripePayments.Invoice, new("由 Stripe 出具账单，凭账单页面付款（付清前一直有效）", "By an invoice of Stripe with a page to pay it on, open until it is paid")),
    ];

    public Task<HostedPage?> OfPayment(PaymentOrder order, CancellationToken cancel = default) =>
        checkout.Takes(order) ? checkout.Page(order, cancel)
        : invoices.Takes(order) ? invoices.Page(order, cancel)
        : Task.FromResult<HostedPage?>(null);

    public async Task<HostedPage> ToSaveMethod(OrganisationId company, Uri returnTo, CancellationToken cancel = default)
    {
        var customer = await customers.CustomerOf(company, cancel);
        var session = await StripeApi.Ask(
            () => stripe.V1.Checkout.Sessions.CreateAsync(
                new Api.Checkout.SessionCreateOptions
                {
                    Mode = "setup",
                    Customer = customer,
                    Currency = StripeAmount.CodeOf(Currency.Cny),
                    Metadata = new() { [StripeMark.Organisation] = company.Value },
                    SuccessUrl = returnTo.AbsoluteUri,
                    CancelUrl = returnTo.AbsoluteUri,
                },
                cancellationToken: cancel),
            cancel);
        return new HostedPage(new Uri(session.Url), []);
    }

    public async Task<HostedPage> ToBePaid(OrganisationId payee, string name, string country, Uri returnTo, CancellationToken cancel = default)
    {
        var account = (await customers.Of(payee)).Payee ?? await Open(payee, name, country, cancel);
        var link = await StripeApi.Ask(
            () => stripe.Client.V2.Core.AccountLinks.CreateAsync(
                new Api.V2.Core.AccountLinkCreateOptions
                {
                    Account = account,
                    UseCase = new()
                    {
                        Type = "account_onboarding",
                        AccountOnboarding = new() { ReturnUrl = returnTo.AbsoluteUri, RefreshUrl = returnTo.AbsoluteUri },
                    },
                },
                cancellationToken: cancel),
            cancel);
        return new HostedPage(new Uri(link.Url), []);
    }

    public static bool MayBePaid(Api.V2.Core.Account account) =>
        account.Configuration?.Recipient?.Capabilities?.StripeBalance?.StripeTransfers?.Status == "active" && account.Closed != true;

    private async Task<string> Open(OrganisationId payee, string name, string country, CancellationToken cancel)
    {
        var account = await StripeApi.Ask(
            () => stripe.Client.V2.Core.Accounts.CreateAsync(
                new Api.V2.Core.AccountCreateOptions
                {
                    DisplayName = name,
                    Identity = new() { Country = country },
                    Dashboard = "express",
                    Defaults = new() { Responsibilities = new() { FeesCollector = "application", LossesCollector = "application" } },
                    Configuration = new()
                    {
                        Recipient = new() { Capabilities = new() { StripeBalance = new() { StripeTransfers = new() { Requested = true } } } },
                    },
                    Metadata = new() { [StripeMark.Organisation] = payee.Value },
                    Include = ["configuration.recipient"],
                },
                new Api.RequestOptions { IdempotencyKey = $"payee:{payee}" }, cancel),
            cancel);
        await customers.Tell(payee, new NamePayee(account.Id, MayBePaid(account)));
        return account.Id;
    }
}
