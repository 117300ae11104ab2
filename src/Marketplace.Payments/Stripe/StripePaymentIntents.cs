using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>What Stripe's PaymentIntents say, whichever way they were made.</summary>
internal sealed class StripePaymentIntents(StripeApi stripe)
{
    private const string Charge = "latest_charge.balance_transaction";

    private static readonly TimeSpan ClocksMayDiffer = TimeSpan.FromMinutes(10);

    public Task<Api.PaymentIntent> Get(string id, CancellationToken cancel) =>
        StripeApi.Ask(() => stripe.V1.PaymentIntents.GetAsync(id, new Api.PaymentIntentGetOptions { Expand = [Charge] }, cancellationToken: cancel), cancel);

    /// <summary>The one that was made for an order, found without its id; null when there is none.</summary>
    public Task<Api.PaymentIntent?> Find(PaymentOrder order, string customer, CancellationToken cancel) => StripeApi.Ask(
        async () =>
        {
            var options = new Api.PaymentIntentListOptions { Customer = customer, Created = Since(order), Limit = 100, Expand = [$"data.{Charge}"] };
            await foreach (var made in stripe.V1.PaymentIntents.ListAutoPagingAsync(options, cancellationToken: cancel))
            {
                if (StripeMark.IsOf(made.Metadata, order))
                {
                    return made;
                }
            }

            return null;
        },
        cancel);

    public static Api.DateRangeOptions Since(PaymentOrder order) => new() { GreaterThanOrEqual = (order.RequestedAtUtc - ClocksMayDiffer).UtcDateTime };

    /// <summary>Stops one on which nobody can pay any more, and says what became of it.</summary>
    public async Task<Api.PaymentIntent> Stop(Api.PaymentIntent made, CancellationToken cancel)
    {
        try
        {
            return await StripeApi.Reach(
                () => stripe.V1.PaymentIntents.CancelAsync(made.Id, new Api.PaymentIntentCancelOptions { Expand = [Charge] }, cancellationToken: cancel), cancel);
        }
        catch (Api.StripeException) // too late: it has been paid, or was stopped before
        {
            return await Get(made.Id, cancel);
        }
    }

    public async Task<ProviderAnswer> AnswerOf(Api.PaymentIntent made, PaymentOrder order, string? reason, CancellationToken cancel)
    {
        switch (made.Status)
        {
            case "succeeded":
                var moved = StripeAmount.Back(made.AmountReceived, made.Currency);
                var fee = await FeeOf(made, cancel);
                return new ProviderAnswer(
                    moved == order.Amount ? IntentStatus.Succeeded : IntentStatus.PartlySucceeded, made.Id, moved.AmountMinor,
                    MovedOn: LocalTime.DateOf(made.LatestCharge?.Created ?? made.Created), FeeMinor: fee);
            case "canceled":
                return new ProviderAnswer(IntentStatus.Failed, made.Id, 0, Reason: reason ?? made.LastPaymentError?.DeclineCode ?? made.LastPaymentError?.Code ?? made.CancellationReason ?? "canceled");
            default:
                return new ProviderAnswer(IntentStatus.Processing, made.Id, 0);
        }
    }

    /// <summary>What Stripe has kept, chargebacks included; what is charged in another currency than was paid is no fee of this payment.</summary>
    private async Task<long> FeeOf(Api.PaymentIntent made, CancellationToken cancel)
    {
        if (made.LatestCharge is not { } charge)
        {
            return 0;
        }

        var lines = new List<Api.BalanceTransaction>();
        if (charge.BalanceTransaction is { } own)
        {
            lines.Add(own);
        }

        if (charge.Disputed)
        {
            var disputes = await StripeApi.Ask(
                () => stripe.V1.Disputes.ListAsync(new Api.DisputeListOptions { PaymentIntent = made.Id, Limit = 100 }, cancellationToken: cancel), cancel);
            lines.AddRange(disputes.SelectMany(d => d.BalanceTransactions));
        }

        return lines.Where(l => l.Currency == made.Currency).Sum(l => StripeAmount.Back(l.Fee, l.Currency).AmountMinor);
    }
}
