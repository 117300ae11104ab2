using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>Pays a payee's share to its account with Stripe. The platform's fee was kept before, so there is none in the transfer.</summary>
internal sealed class Transfers(StripeApi stripe, StripeCustomers customers) : IStripeWay
{
    public bool Takes(PaymentOrder order) => order is { Kind: IntentKind.Payout, Method: StripePayments.Account };

    public async Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel)
    {
        if (order.Payee != "lab" || await customers.Of(order.Lab) is not { MayBePaid: true, Payee: { } account })
        {
            return new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: "payee-has-no-account"); // nothing was sent
        }

        try
        {
            return Answer(
                await StripeApi.Reach(
                    () => stripe.V1.Transfers.CreateAsync(
                        new Api.TransferCreateOptions
                        {
                            Amount = StripeAmount.Of(order.Amount),
                            Currency = StripeAmount.CodeOf(order.Amount.Currency),
                            Destination = account,
                            TransferGroup = order.Intent.Value,
                            Description = order.Agreement.Value,
                            Metadata = StripeMark.Of(order),
                        },
                        new Api.RequestOptions { IdempotencyKey = order.Intent.Value }, cancel),
                    cancel),
                order);
        }
        catch (Api.StripeException refused) when (refused.StripeError?.Code is "balance_insufficient" or "insufficient_funds")
        {
            // Stripe made nothing: collected money becomes available after some days. It waits, and is then sent anew.
            return new ProviderAnswer(IntentStatus.Processing, "", 0, Reason: refused.StripeError.Code);
        }
        catch (Api.StripeException refused) when (StripeApi.IsMissing(refused) || refused.StripeError?.Param == "destination" || refused.StripeError?.Code == "insufficient_capabilities_for_transfer")
        {
            return new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: "payee-cannot-be-paid");
        }
        catch (Api.StripeException refused)
        {
            throw new PaymentOrderRefusedException(StripeApi.RefusalOf(refused));
        }
    }

    public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel) => StripeApi.Ask<ProviderAnswer?>(
        async () =>
        {
            var options = new Api.TransferListOptions { TransferGroup = order.Intent.Value, Limit = 100 };
            await foreach (var transfer in stripe.V1.Transfers.ListAutoPagingAsync(options, cancellationToken: cancel))
            {
                if (StripeMark.IsOf(transfer.Metadata, order))
                {
                    return Answer(transfer, order);
                }
            }

            return null;
        },
        cancel);

    private static ProviderAnswer Answer(Api.Transfer transfer, PaymentOrder order)
    {
        var moved = StripeAmount.Back(transfer.Amount, transfer.Currency);
        return moved == order.Amount
            ? new ProviderAnswer(IntentStatus.Succeeded, transfer.Id, moved.AmountMinor, MovedOn: LocalTime.DateOf(transfer.Created))
            : throw new PaymentOrderRefusedException(StripeApi.KeyReused);
    }
}
