using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Stripe;
using Marketplace.StripeSimulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Marketplace.Payments.Tests.Stripe;

/// <summary>
/// What we say to Stripe and understand of its answers, in test mode: the same against the simulated one, always, and against the real one for
/// whoever gives a key. It leaves customers, payments and a void invoice in that account.
/// </summary>
public abstract class StripeConversationTests : IAsyncLifetime
{
    private PaymentEngine engine = null!;

    /// <summary>Of an account in test mode.</summary>
    protected abstract StripeSettings Settings();

    protected FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public virtual async ValueTask InitializeAsync() => engine = await PaymentEngine.Start(stripe: Settings(), clock: Time);

    public virtual async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("checkout")]
    [InlineData("invoice")]
    public async Task A_page_to_pay_on_is_made_once_found_and_closed(string method)
    {
        var order = Order(method) with { Obligations = [1, 2], PartsMinor = [60_000, 40_000] };
        var sent = await engine.Stripe.Send(order);
        Assert.Equal(IntentStatus.Processing, sent.Status);
        Assert.Equal(sent, await engine.Stripe.Send(order));
        Assert.Equal(sent, await engine.Stripe.LookUp(order));
        Assert.NotNull(await Page(order));
        Assert.Equal(IntentStatus.Failed, (await engine.Stripe.Cancel(order))!.Status);
        Assert.Null(await Page(order));
    }

    [Fact]
    public async Task A_saved_card_is_charged_once_found_and_refunded_once()
    {
        var order = Order("saved:pm_card_visa");
        var paid = await engine.Stripe.Send(order);
        Assert.Equal((IntentStatus.Succeeded, order.Amount.AmountMinor), (paid.Status, paid.MovedMinor));
        Assert.Equal(paid.ExternalId, (await engine.Stripe.Send(order)).ExternalId);
        Assert.Equal(paid.ExternalId, (await engine.Stripe.LookUp(order))!.ExternalId);

        var refund = Order("account") with { Kind = IntentKind.Refund, Payee = "company", Original = new OriginalPayment(order.Intent, paid.ExternalId) };
        var back = await engine.Stripe.Send(refund);
        Assert.Equal((IntentStatus.Succeeded, refund.Amount.AmountMinor), (back.Status, back.MovedMinor));
        Assert.Equal(back, await engine.Stripe.Send(refund));
        Assert.Equal(back, await engine.Stripe.LookUp(refund));
    }

    [Fact]
    public async Task A_declined_card_is_a_failed_payment_with_the_banks_reason()
    {
        var declined = await engine.Stripe.Send(Order("saved:pm_card_chargeDeclined"));
        Assert.Equal((IntentStatus.Failed, "generic_decline"), (declined.Status, declined.Reason));
    }

    [Fact]
    public async Task Another_sum_under_the_same_key_is_refused()
    {
        var order = Order("saved:pm_card_visa");
        await engine.Stripe.Send(order);
        var other = order with { Amount = order.Amount + order.Amount };
        Assert.Equal("stripe-key-reused", (await Assert.ThrowsAsync<PaymentOrderRefusedException>(() => engine.Stripe.Send(other))).Refusal.Code);
    }

    [Fact]
    public async Task Its_books_can_be_read()
    {
        await engine.Stripe.Send(Order("saved:pm_card_visa"));
        var books = engine.Services.GetServices<IProviderBooks>().Single(b => b.Name == "stripe");
        var since = Time.GetUtcNow().AddHours(-1);
        Assert.Contains(await books.NoticesSince(since).ToListAsync(), n => n.Type == "payment_intent.succeeded");
        Assert.All(await books.MovementsSince(since).ToListAsync(), m => Assert.Equal("stripe", m.Provider));
        Assert.NotEmpty(await books.Balances());
    }

    /// <summary>Of an agreement and a company that nobody has named before.</summary>
    private PaymentOrder Order(string method)
    {
        var name = Guid.NewGuid().ToString();
        return new PaymentOrder(
            DerivedId.From<PaymentIntentId>(name), DerivedId.From<AgreementId>(name), IntentKind.Collection, Deals.Yuan(100_000), method, null,
            Deals.Lab.Organisation!.Value, DerivedId.From<OrganisationId>(name), Time.GetUtcNow()) { Obligations = [1], PartsMinor = [100_000] };
    }

    private Task<HostedPage?> Page(PaymentOrder order) => engine.Services.GetRequiredService<IHostedPages>().OfPayment(order);
}

public sealed class SimulatedStripeConversationTests : StripeConversationTests
{
    private StripeSimulator? stripe;

    protected override StripeSettings Settings() => StripeSettings.Of(stripe!.ApiKey, stripe.WebhookSecrets, stripe.Url, null, new Uri("http://localhost:5080"));

    public override async ValueTask InitializeAsync()
    {
        stripe = StripeSimulator.Start(Time);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await stripe!.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Skipped where no key is given.</summary>
public sealed class RealStripeConversationTests : StripeConversationTests
{
    private const string Key = "MARKETPLACE_STRIPE_TEST_KEY";

    protected override StripeSettings Settings()
    {
        var key = Environment.GetEnvironmentVariable(Key);
        Assert.SkipWhen(string.IsNullOrWhiteSpace(key), $"No {Key} of a Stripe account in test mode is given.");
        Assert.True(
            key.StartsWith("sk_test_", StringComparison.Ordinal) || key.StartsWith("rk_test_", StringComparison.Ordinal),
            $"{Key} must begin with sk_test_ or rk_test_: these tests move money.");
        return StripeSettings.Of(key, ["whsec_none"], null, ["card"], new Uri("http://localhost:5080"));
    }
}
