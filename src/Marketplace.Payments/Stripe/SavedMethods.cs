using Marketplace.Application.Payments;
using Marketplace.Domain.Agreements;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>Charges what a company has left with Stripe, when nobody sits before a screen: what needs them there has failed.</summary>
internal sealed class SavedMethods(StripeApi stripe, StripeCustomers customers, StripePaymentIntents made) : IStripeWay
{
    public bool Takes(PaymentOrder order) => order.Kind == IntentKind.Collection && order.Method.StartsWith(StripePayments.Saved, StringComparison.Ordinal);

    public async Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel)
    {
        var customer = await customers.CustomerOf(order.Company, cancel);
        try
        {
            var intent = await StripeApi.Reach(
                () => stripe.V1.PaymentIntents.CreateAsync(
                    new Api.PaymentIntentCreateOptions
                    {
                        Amount = StripeAmount.Of(order.Amount)!.Value,
                        Currency = StripeAmount.CodeOf(order.Amount.Currency),
                        Customer = customer,
                        PaymentMethod = order.Method[StripePayments.Saved.Length..],
                        OffSession = true,
                        Confirm = true,
                        Description = order.Agreement.Value,
                        Metadata = StripeMark.Of(order),
                        Expand = ["latest_charge.balance_transaction"],
                    },
                    new Api.RequestOptions { IdempotencyKey = order.Intent.Value }, cancel),
                cancel);
            return await Answer(intent, order, null, cancel);
        }
        catch (Api.StripeException declined) when (declined.StripeError is { PaymentIntent: { } left } error)
        {
            return await Answer(left, order, error.DeclineCode ?? error.Code, cancel);
        }
        catch (Api.StripeException refused) when (StripeApi.IsMissing(refused))
        {
            return new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: "payment-method-gone"); // Stripe made nothing
        }
        catch (Api.StripeException refused)
        {
            throw new PaymentOrderRefusedException(StripeApi.RefusalOf(refused));
        }
    }

    public async Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel)
    {
        if (order.ExternalId is { } known)
        {
            return await Answer(await made.Get(known, cancel), order, null, cancel);
        }

        return (await customers.Of(order.Company)).Customer is { } customer && await made.Find(order, customer, cancel) is { } found
            ? await Answer(found, order, null, cancel)
            : null;
    }

    public async Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel)
    {
        var customer = (await customers.Of(order.Company)).Customer;
        var intent = order.ExternalId is { } known ? await made.Get(known, cancel) : customer is null ? null : await made.Find(order, customer, cancel);
        return intent is null ? null : await made.AnswerOf(await made.Stop(intent, cancel), order, "withdrawn", cancel);
    }

    /// <summary>One that waits for somebody would wait for ever, and could be paid behind our back: it is stopped.</summary>
    private async Task<ProviderAnswer> Answer(Api.PaymentIntent intent, PaymentOrder order, string? reason, CancellationToken cancel) =>
        intent.Status is "requires_payment_method" or "requires_action" or "requires_confirmation"
            ? await made.AnswerOf(await made.Stop(intent, cancel), order, reason ?? (intent.Status == "requires_action" ? "authentication_required" : null), cancel)
            : await made.AnswerOf(intent, order, reason, cancel);
}
