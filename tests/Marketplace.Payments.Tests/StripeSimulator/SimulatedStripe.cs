using System.Net;
using Marketplace.StripeSimulation;
using Microsoft.Extensions.Time.Testing;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>A simulator with a clock that stands, and the real Stripe.net before it.</summary>
public abstract class SimulatedStripe : IAsyncDisposable
{
    protected SimulatedStripe(StripeOptions? options = null)
    {
        Simulator = StripeSimulator.Start(Time, options);
        Client = ClientWith(retries: 0);
    }

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    protected StripeSimulator Simulator { get; }

    /// <summary>Tries nothing again.</summary>
    protected StripeClient Client { get; }

    protected long NowSeconds => Time.GetUtcNow().ToUnixTimeSeconds();

    protected StripeClient ClientWith(int retries, string? apiKey = null) => new(new StripeClientOptions
    {
        ApiKey = apiKey ?? Simulator.ApiKey,
        ApiBase = Simulator.Url.ToString().TrimEnd('/'),
        HttpClient = new SystemNetHttpClient(maxNetworkRetries: retries, enableTelemetry: false),
    });

    protected static PaymentIntentCreateOptions Paying(long amountMinor, string currency = "usd", string method = "pm_card_visa") => new()
    {
        Amount = amountMinor,
        Currency = currency,
        PaymentMethod = method,
        Confirm = true,
        AllowedPaymentMethodTypes = [method.StartsWith("pm_card", StringComparison.Ordinal) || method.StartsWith("pm_0", StringComparison.Ordinal) ? "card" : method[3..]],
        ReturnUrl = "https://marketplace.example/paid",
        Metadata = new() { ["intent_id"] = "one" },
    };

    protected Task<PaymentIntent> Pay(PaymentIntentCreateOptions options, string? key = null) =>
        Client.V1.PaymentIntents.CreateAsync(options, key is null ? null : new RequestOptions { IdempotencyKey = key });

    /// <summary>The refusal of a call that Stripe must refuse.</summary>
    protected static async Task<StripeException> Refused(HttpStatusCode status, Func<Task> call)
    {
        var refused = await Assert.ThrowsAnyAsync<StripeException>(call);
        Assert.Equal(status, refused.HttpStatusCode);
        return refused;
    }

    /// <summary>The types of all events, the oldest first.</summary>
    protected async Task<IReadOnlyList<string>> EventTypes() => [.. (await Events()).Select(e => e.Type)];

    protected async Task<IReadOnlyList<Event>> Events()
    {
        var events = await Client.V1.Events.ListAutoPagingAsync(new EventListOptions { Limit = 100 }).ToListAsync();
        events.Reverse();
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(Simulator.Books.Broken());
        await Simulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
