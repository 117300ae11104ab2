using Marketplace.Application.Payments;
using Marketplace.Domain.Agreements;
using Microsoft.Extensions.Logging;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>A page of Stripe on which the company pays one sum or several, by card or by what its country uses.</summary>
internal sealed partial class CheckoutPages(
    StripeApi stripe, StripeCustomers customers, StripePaymentIntents made, StripeSettings settings, ILogger<CheckoutPages> log) : IStripeWay
{
    private const string Paid = "payment_intent.latest_charge.balance_transaction";

    public bool Takes(PaymentOrder order) => order is { Kind: IntentKind.Collection, Method: StripePayments.Checkout };

    public async Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel)
    {
        var customer = await customers.CustomerOf(order.Company, cancel);
        var numbers = string.Join("、", order.Obligations);
        var session = await StripeApi.Ask(
            () => stripe.V1.Checkout.Sessions.CreateAsync(
                new Api.Checkout.SessionCreateOptions
                {
                    Mode = "payment",
                    Customer = customer,
                    ClientReferenceId = order.Intent.Value,
                    AllowedPaymentMethodTypes = [.. settings.MethodTypes],
                    LineItems =
                    [
                        new()
                        {
                            Quantity = 1,
                            PriceData = new()
                            {
                                Currency = StripeAmount.CodeOf(order.Amount.Currency),
                                UnitAmount = StripeAmount.Of(order.Amount),
                                ProductData = new() { Name = $"{order.Agreement} · {numbers}" },
                            },
                        },
                    ],
                    Metadata = StripeMark.Of(order),
                    PaymentIntentData = new() { Metadata = StripeMark.Of(order), Description = order.Agreement.Value },
                    SuccessUrl = PageOf(order),
                    CancelUrl = PageOf(order),
                },
                new Api.RequestOptions { IdempotencyKey = order.Intent.Value }, cancel),
            cancel);
        if (Without(session) is { Count: > 0 } dropped)
        {
            LogDropped(order.Intent.Value, string.Join(", ", dropped));
        }

        return await Answer(session, order, cancel);
    }

    public async Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel) =>
        order.ExternalId?.StartsWith("pi_", StringComparison.Ordinal) == true ? await made.AnswerOf(await made.Get(order.ExternalId, cancel), order, null, cancel)
        : await Find(order, cancel) is { } session ? await Answer(session, order, cancel)
        : null;

    public async Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel)
    {
        if (await Find(order, cancel) is not { } session)
        {
            return await LookUp(order, cancel);
        }

        if (session.Status == "open")
        {
            try
            {
                session = await StripeApi.Reach(
                    () => stripe.V1.Checkout.Sessions.ExpireAsync(session.Id, new Api.Checkout.SessionExpireOptions { Expand = [Paid] }, cancellationToken: cancel), cancel);
            }
            catch (Api.StripeException) // too late: it has been paid, or has expired
            {
                session = await Get(session.Id, cancel);
            }
        }

        return await Answer(session, order, cancel);
    }

    /// <summary>Where the company pays; null when the page is there no more.</summary>
    public async Task<HostedPage?> Page(PaymentOrder order, CancellationToken cancel) =>
        await Find(order, cancel) is { Status: "open", Url: { } url } session ? new HostedPage(new Uri(url), Without(session)) : null;

    private Task<Api.Checkout.Session> Get(string id, CancellationToken cancel) => StripeApi.Ask(
        () => stripe.V1.Checkout.Sessions.GetAsync(id, new Api.Checkout.SessionGetOptions { Expand = [Paid] }, cancellationToken: cancel), cancel);

    private async Task<Api.Checkout.Session?> Find(PaymentOrder order, CancellationToken cancel)
    {
        if (order.ExternalId is { } known)
        {
            return known.StartsWith("cs_", StringComparison.Ordinal) ? await Get(known, cancel) : null;
        }

        if ((await customers.Of(order.Company)).Customer is not { } customer)
        {
            return null;
        }

        return await StripeApi.Ask(
            async () =>
            {
                var options = new Api.Checkout.SessionListOptions { Customer = customer, Created = StripePaymentIntents.Since(order), Limit = 100, Expand = [$"data.{Paid}"] };
                await foreach (var session in stripe.V1.Checkout.Sessions.ListAutoPagingAsync(options, cancellationToken: cancel))
                {
                    if (StripeMark.IsOf(session.Metadata, order))
                    {
                        return session;
                    }
                }

                return null;
            },
            cancel);
    }

    private async Task<ProviderAnswer> Answer(Api.Checkout.Session session, PaymentOrder order, CancellationToken cancel) => session switch
    {
        { PaymentIntent: { Status: "succeeded" or "processing" } paid } => await made.AnswerOf(paid, order, null, cancel),
        { Status: "complete", PaymentStatus: "unpaid", PaymentIntent: { Status: "requires_payment_method" or "canceled" } lost } =>
            await made.AnswerOf(await made.Stop(lost, cancel), order, lost.LastPaymentError?.Code ?? "failed", cancel),
        { Status: "expired" } => new ProviderAnswer(IntentStatus.Failed, session.Id, 0, Reason: "expired"),
        _ => new ProviderAnswer(IntentStatus.Processing, session.Id, 0),
    };

    private IReadOnlyList<string> Without(Api.Checkout.Session session) => [.. settings.MethodTypes.Except(session.PaymentMethodTypes ?? [], StringComparer.Ordinal)];

    private string PageOf(PaymentOrder order) => new Uri(settings.ReturnTo, $"/agreements/{order.Agreement}").AbsoluteUri;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page for payment {Intent} does not offer {Methods}: Stripe has dropped them for this currency or account.")]
    private partial void LogDropped(string intent, string methods);
}
