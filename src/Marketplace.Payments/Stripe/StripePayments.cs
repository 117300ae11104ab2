using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Payments.Stripe;

/// <summary>Stripe as a provider: which of its ways an order goes.</summary>
internal sealed class StripePayments(IEnumerable<IStripeWay> ways, StripeCustomers customers) : IPaymentProvider
{
    /// <summary>A page of Stripe on which the company pays.</summary>
    public const string Checkout = "checkout";

    /// <summary>What the company has left with Stripe: <c>saved:pm_…</c>.</summary>
    public const string Saved = "saved:";

    /// <summary>An invoice of Stripe, with a page on which the company pays it.</summary>
    public const string Invoice = "invoice";

    /// <summary>The payee's account with Stripe, or the way in which the money had come.</summary>
    public const string Account = "account";

    private readonly IReadOnlyList<IStripeWay> ways = [.. ways];

    public string Name => StripeSettings.ProviderName;

    public bool Offers(string method) =>
        method is Checkout or Invoice or Account || (method.StartsWith(Saved + "pm_", StringComparison.Ordinal) && method.Length <= 100 && method.AsSpan(Saved.Length).IndexOfAnyExcept(Word) < 0);

    /// <summary>What it has left on Stripe's page, as Stripe has told us since.</summary>
    public async Task<bool> MayName(OrganisationId company, string method) =>
        !method.StartsWith(Saved, StringComparison.Ordinal) || (await customers.Of(company)).Saved.ContainsKey(method);

    public Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default) => StripeAmount.Of(order.Amount) is null
        ? Task.FromResult(new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: "stripe-amount-not-representable"))
        : WayOf(order) is { } way ? way.Send(order, cancel)
        : Task.FromResult(new ProviderAnswer(IntentStatus.Failed, "", 0, Reason: "stripe-no-such-way"));

    public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default) =>
        WayOf(order) is { } way ? way.LookUp(order, cancel) : Task.FromResult<ProviderAnswer?>(null);

    public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) =>
        WayOf(order) is { } way ? way.Cancel(order, cancel) : Task.FromResult<ProviderAnswer?>(null);

    private static readonly System.Buffers.SearchValues<char> Word =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private IStripeWay? WayOf(PaymentOrder order) => ways.FirstOrDefault(w => w.Takes(order));
}
