using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>Asks a transfer back, as far as the payee's account has the money.</summary>
internal sealed class TransferReversals(StripeApi stripe) : IStripeWay
{
    public bool Takes(PaymentOrder order) => order is { Kind: IntentKind.Recovery, Original: not null };

    public async Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel)
    {
        try
        {
            return Answer(
                await StripeApi.Reach(
                    () => stripe.V1.Transfers.Reversals.CreateAsync(
                        order.Original!.ExternalId, new Api.TransferReversalCreateOptions { Amount = StripeAmount.Of(order.Amount), Metadata = StripeMark.Of(order) },
                        new Api.RequestOptions { IdempotencyKey = order.Intent.Value }, cancel),
                    cancel),
                order);
        }
        catch (Api.StripeException refused) when (refused.StripeError is { Code: "balance_insufficient" or "insufficient_funds" or "transfer_reversal_failed" } or { Param: "amount" })
        {
            return new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: refused.StripeError.Code ?? "amount"); // it stays owed
        }
        catch (Api.StripeException refused)
        {
            throw new PaymentOrderRefusedException(StripeApi.RefusalOf(refused));
        }
    }

    public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel) => StripeApi.Ask<ProviderAnswer?>(
        async () =>
        {
            var options = new Api.TransferReversalListOptions { Limit = 100 };
            await foreach (var reversal in stripe.V1.Transfers.Reversals.ListAutoPagingAsync(order.Original!.ExternalId, options, cancellationToken: cancel))
            {
                if (StripeMark.IsOf(reversal.Metadata, order))
                {
                    return Answer(reversal, order);
                }
            }

            return null;
        },
        cancel);

    private static ProviderAnswer Answer(Api.TransferReversal reversal, PaymentOrder order)
    {
        var moved = StripeAmount.Back(reversal.Amount, reversal.Currency);
        return moved == order.Amount
            ? new ProviderAnswer(IntentStatus.Succeeded, reversal.Id, moved.AmountMinor, MovedOn: LocalTime.DateOf(reversal.Created))
            : throw new PaymentOrderRefusedException(StripeApi.KeyReused);
    }
}
