using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>Gives back what had come by Stripe, in the way in which it had come.</summary>
internal sealed class Refunds(StripeApi stripe) : IStripeWay
{
    public bool Takes(PaymentOrder order) => order is { Kind: IntentKind.Refund, Method: StripePayments.Account };

    public async Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel)
    {
        if (order.Original is not { } original)
        {
            return new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: "did-not-come-by-stripe");
        }

        try
        {
            return Answer(
                await StripeApi.Reach(
                    () => stripe.V1.Refunds.CreateAsync(
                        new Api.RefundCreateOptions { PaymentIntent = original.ExternalId, Amount = StripeAmount.Of(order.Amount), Metadata = StripeMark.Of(order) },
                        new Api.RequestOptions { IdempotencyKey = order.Intent.Value }, cancel),
                    cancel),
                order);
        }
        catch (Api.StripeException refused) when (refused.StripeError is { Code: "charge_already_refunded" or "charge_disputed" or "charge_not_refundable" } or { Param: "amount" })
        {
            return new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: refused.StripeError.Code ?? "amount");
        }
        catch (Api.StripeException refused)
        {
            throw new PaymentOrderRefusedException(StripeApi.RefusalOf(refused));
        }
    }

    public async Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel)
    {
        if (order.Original is not { } original)
        {
            return null;
        }

        return await StripeApi.Ask<ProviderAnswer?>(
            async () =>
            {
                var options = new Api.RefundListOptions { PaymentIntent = original.ExternalId, Limit = 100 };
                await foreach (var refund in stripe.V1.Refunds.ListAutoPagingAsync(options, cancellationToken: cancel))
                {
                    if (StripeMark.IsOf(refund.Metadata, order))
                    {
                        return Answer(refund, order);
                    }
                }

                return null;
            },
            cancel);
    }

    private static ProviderAnswer Answer(Api.Refund refund, PaymentOrder order)
    {
        var moved = StripeAmount.Back(refund.Amount, refund.Currency);
        return refund.Status switch
        {
            _ when moved != order.Amount => throw new PaymentOrderRefusedException(StripeApi.KeyReused),
            "succeeded" => new ProviderAnswer(IntentStatus.Succeeded, refund.Id, moved.AmountMinor, MovedOn: LocalTime.DateOf(refund.Created)),
            "failed" or "canceled" => new ProviderAnswer(IntentStatus.Failed, refund.Id, 0, Reason: refund.FailureReason ?? refund.Status),
            _ => new ProviderAnswer(IntentStatus.Processing, refund.Id, 0),
        };
    }
}
