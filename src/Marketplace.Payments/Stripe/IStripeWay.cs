using Marketplace.Application.Payments;

namespace Marketplace.Payments.Stripe;

/// <summary>One way in which Stripe moves money. See <see cref="IPaymentProvider"/> for what each call promises.</summary>
internal interface IStripeWay
{
    bool Takes(PaymentOrder order);

    Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel);

    Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel);

    /// <summary>Only collections can be stopped; everything else has no answer but what became of it.</summary>
    Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel) => LookUp(order, cancel);
}
