using System.Net;
using Marketplace.StripeSimulation;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Keys and faults: what a client may do again, and what was done although nobody heard of it.</summary>
public sealed class FaultTests : SimulatedStripe
{
    private const string Create = "POST /v1/payment_intents";

    [Fact]
    public async Task The_same_key_pays_once_and_says_so()
    {
        var first = await Pay(Paying(10_000), "key");
        var again = await Pay(Paying(10_000), "key");
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(["true"], again.StripeResponse.Headers.GetValues("Idempotent-Replayed"));
        Assert.False(first.StripeResponse.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(1, Simulator.Books.Of("intent_id", "one").Charges);
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused()
    {
        await Pay(Paying(10_000), "key");
        Assert.Equal("idempotency_error", (await Refused(HttpStatusCode.BadRequest, () => Pay(Paying(20_000), "key"))).StripeError.Type);
    }

    [Fact]
    public async Task A_decline_is_remembered_too()
    {
        var first = await Refused(HttpStatusCode.PaymentRequired, () => Pay(Paying(10_000, method: "pm_card_chargeCustomerFail"), "key"));
        var again = await Refused(HttpStatusCode.PaymentRequired, () => Pay(Paying(10_000, method: "pm_card_chargeCustomerFail"), "key"));
        Assert.Equal(first.StripeError.PaymentIntent.Id, again.StripeError.PaymentIntent.Id);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_and_pays_again()
    {
        var first = await Pay(Paying(10_000), "key");
        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await Pay(Paying(10_000), "key")).Id);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Id, (await Pay(Paying(10_000), "key")).Id);
        Assert.Equal(2, Simulator.Books.PaymentIntentsBy("intent_id")["one"]);
    }

    [Fact]
    public async Task A_key_in_use_is_refused_until_its_work_is_done()
    {
        var hold = new Hold();
        Simulator.Faults.Next(Create, new Fault.HeldBeforeWork(hold));
        var slow = Pay(Paying(10_000), "key");
        await hold.Arrived;
        Assert.Equal("idempotency_key_in_use", (await Refused(HttpStatusCode.Conflict, () => Pay(Paying(10_000), "key"))).StripeError.Code);
        hold.Release();
        Assert.Equal((await slow).Id, (await Pay(Paying(10_000), "key")).Id);
    }

    [Fact]
    public async Task A_request_that_its_client_gave_up_is_worked_off_all_the_same()
    {
        var hold = new Hold();
        Simulator.Faults.Next(Create, new Fault.HeldBeforeWork(hold));
        using var patience = new CancellationTokenSource();
        var given = Client.V1.PaymentIntents.CreateAsync(Paying(10_000), new RequestOptions { IdempotencyKey = "key" }, patience.Token);
        await hold.Arrived;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => given);
        Assert.Equal(0, Simulator.Books.Of("intent_id", "one").Charges);
        hold.Release();
        await Seen(() => Simulator.Books.Of("intent_id", "one").Charges == 1);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_work_leaves_nothing()
    {
        Simulator.Faults.Next(Create, new Fault.DropBeforeWork());
        await Assert.ThrowsAsync<HttpRequestException>(() => Pay(Paying(10_000), "key"));
        Assert.Equal(0, Simulator.Books.Of("intent_id", "one").Charges);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_work_leaves_a_payment_that_the_key_finds()
    {
        Simulator.Faults.Next(Create, new Fault.DropAfterWork());
        await Assert.ThrowsAsync<HttpRequestException>(() => Pay(Paying(10_000), "key"));
        Assert.Equal(1, Simulator.Books.Of("intent_id", "one").Charges);
        Assert.Equal("succeeded", (await Pay(Paying(10_000), "key")).Status);
        Assert.Equal(1, Simulator.Books.Of("intent_id", "one").Charges);
    }

    [Fact]
    public async Task Stripe_net_tries_again_by_itself_under_the_same_key()
    {
        Simulator.Faults.Next(Create, new Fault.DropAfterWork(), new Fault.Conflict(), new Fault.ErrorBeforeWork());
        Assert.Equal("succeeded", (await ClientWith(retries: 3).V1.PaymentIntents.CreateAsync(Paying(10_000))).Status);
        Assert.Equal(1, Simulator.Books.Of("intent_id", "one").Charges);
    }

    [Fact]
    public async Task Turned_away_at_the_door_nothing_was_done_and_the_key_is_free()
    {
        Simulator.Faults.Next(Create, new Fault.RateLimited(), new Fault.LockTimeout(), new Fault.Conflict(), new Fault.ErrorBeforeWork(), null);
        Assert.Equal("rate_limit", (await Refused(HttpStatusCode.TooManyRequests, () => Pay(Paying(10_000), "key"))).StripeError.Code);
        Assert.Equal("lock_timeout", (await Refused(HttpStatusCode.TooManyRequests, () => Pay(Paying(10_000), "key"))).StripeError.Code);
        await Refused(HttpStatusCode.Conflict, () => Pay(Paying(10_000), "key"));
        await Refused(HttpStatusCode.InternalServerError, () => Pay(Paying(10_000), "key"));
        Assert.Equal(0, Simulator.Books.Of("intent_id", "one").Charges);
        Assert.Equal("succeeded", (await Pay(Paying(10_000), "key")).Status);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.InternalServerError)]
    [InlineData(false, HttpStatusCode.OK)]
    public async Task An_error_after_the_work_hides_a_payment(bool remembered, HttpStatusCode again)
    {
        Simulator.Faults.Next(Create, new Fault.ErrorAfterWork(remembered));
        await Refused(HttpStatusCode.InternalServerError, () => Pay(Paying(10_000), "key"));
        Assert.Equal(1, Simulator.Books.Of("intent_id", "one").Charges);
        if (again == HttpStatusCode.OK)
        {
            await Pay(Paying(10_000), "key");
        }
        else
        {
            await Refused(again, () => Pay(Paying(10_000), "key"));
        }

        Assert.Equal("succeeded", (await Client.V1.PaymentIntents.ListAsync()).Data.Single().Status); // found by looking
    }

    [Fact]
    public async Task What_stands_before_Stripe_answers_no_json()
    {
        Simulator.Faults.Next(Create, new Fault.Unavailable());
        await Refused(HttpStatusCode.ServiceUnavailable, () => Pay(Paying(10_000)));
    }

    [Fact]
    public async Task A_bank_says_what_the_script_says()
    {
        Simulator.Faults.Next(Create, new Fault.Declines(Decline.LostCard), new Fault.RequiresAction(), new Fault.StaysProcessing());
        Assert.Equal("lost_card", (await Refused(HttpStatusCode.PaymentRequired, () => Pay(Paying(10_000)))).StripeError.DeclineCode);
        Assert.Equal("requires_action", (await Pay(Paying(10_000))).Status);
        Assert.Equal("processing", (await Pay(Paying(10_000))).Status);
        Assert.Equal("succeeded", (await Pay(Paying(10_000))).Status);
    }

    [Fact]
    public void A_fault_of_an_endpoint_that_is_not_played_is_a_mistake_of_the_test() =>
        Assert.Throws<ArgumentException>(() => Simulator.Faults.Next("POST /v1/payment_intent", new Fault.DropBeforeWork()));

    [Fact]
    public async Task Chance_depends_on_the_seed_and_not_on_the_order()
    {
        var rates = new FaultRates { RateLimited = 0.3, ErrorBeforeWork = 0.3 };
        Simulator.Faults.AtRandom(7, rates);
        var forwards = await Outcomes("a", "b", "c", "d", "e", "f", "g", "h");
        await using var other = StripeSimulator.Start(Time);
        other.Faults.AtRandom(7, rates);
        var client = new StripeClient(new StripeClientOptions { ApiKey = other.ApiKey, ApiBase = other.Url.ToString().TrimEnd('/'), HttpClient = new SystemNetHttpClient(maxNetworkRetries: 0) });
        var backwards = await Outcomes(client, "h", "g", "f", "e", "d", "c", "b", "a");
        Assert.Equal(forwards, backwards.Reverse());
        Assert.True(forwards.Distinct().Count() > 1);
    }

    private Task<IReadOnlyList<HttpStatusCode>> Outcomes(params string[] keys) => Outcomes(Client, keys);

    private static async Task<IReadOnlyList<HttpStatusCode>> Outcomes(StripeClient client, params string[] keys)
    {
        var outcomes = new List<HttpStatusCode>();
        foreach (var key in keys)
        {
            try
            {
                await client.V1.PaymentIntents.CreateAsync(Paying(10_000), new RequestOptions { IdempotencyKey = key });
                outcomes.Add(HttpStatusCode.OK);
            }
            catch (StripeException refused)
            {
                outcomes.Add(refused.HttpStatusCode);
            }
        }

        return outcomes;
    }

    private static async Task Seen(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Yield();
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
