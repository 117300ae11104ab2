using Marketplace.StripeSimulation;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Webhooks as a receiver meets them, verified by Stripe.net.</summary>
public sealed class DeliveryTests : SimulatedStripe
{
    private static readonly Uri Address = new("https://marketplace.example/webhooks/stripe");
    private readonly Receiver receiver = new();

    [Fact]
    public async Task What_happens_is_delivered_signed_and_as_it_was()
    {
        Register();
        var waiting = await Pay(Paying(10_000, method: "pm_card_authenticationRequired"));
        Simulator.Acts.CompleteAction(waiting.Id);
        Assert.All(await Simulator.Deliveries.DeliverAll(), d => Assert.True(d.IsTaken));
        Assert.Empty(Simulator.Deliveries.Queue);

        var events = receiver.Bodies.Select(b => Verified(b.Body, b.Signature)).ToList();
        Assert.Equal(["payment_intent.created", "payment_intent.requires_action", "charge.succeeded", "payment_intent.succeeded"], events.Select(e => e.Type));
        Assert.Equal("requires_action", Assert.IsType<PaymentIntent>(events[1].Data.Object).Status); // a snapshot, not today's state
        Assert.All(events, e => Assert.Equal(StripeConfiguration.ApiVersion, e.ApiVersion));
        Assert.NotNull(events[0].Request.Id);
        Assert.Null(events[2].Request.Id);
    }

    [Fact]
    public async Task Two_secrets_sign_while_one_is_rotated_out()
    {
        Simulator.Deliveries.Register(Address, ["whsec_old", "whsec_new"], client: receiver.Client);
        await Pay(Paying(10_000));
        await Simulator.Deliveries.DeliverNext();
        var (body, signature) = receiver.Bodies.Single();
        Assert.NotNull(Verified(body, signature, "whsec_old"));
        Assert.NotNull(Verified(body, signature, "whsec_new"));
        Assert.Throws<StripeException>(() => Verified(body, signature, "whsec_older"));
    }

    [Fact]
    public async Task Forged_stale_and_altered_events_are_seen_through()
    {
        var endpoint = Register();
        await Pay(Paying(10_000));
        var id = Simulator.Deliveries.Queue[0].EventId;
        await Simulator.Deliveries.SendForged(id, endpoint);
        await Simulator.Deliveries.SendStale(id, endpoint, TimeSpan.FromSeconds(301));
        await Simulator.Deliveries.SendAltered(id, endpoint, body => body.Replace("10000", "90000"));
        Assert.Equal(3, receiver.Bodies.Count);
        Assert.All(receiver.Bodies, b => Assert.Throws<StripeException>(() => Verified(b.Body, b.Signature)));
        await Simulator.Deliveries.Resend(id, endpoint);
        Assert.Equal(id, Verified(receiver.Bodies[^1].Body, receiver.Bodies[^1].Signature).Id);
    }

    [Fact]
    public async Task Some_are_lost_some_come_twice_and_others_late()
    {
        Register();
        await Pay(Paying(10_000));
        var (created, charged, paid) = (Simulator.Deliveries.Queue[0], Simulator.Deliveries.Queue[1], Simulator.Deliveries.Queue[2]);
        Simulator.Deliveries.Drop(charged);
        Simulator.Deliveries.Duplicate(paid);
        await Simulator.Deliveries.Deliver(paid);
        await Simulator.Deliveries.DeliverAll();
        Assert.Equal([paid.EventId, created.EventId, paid.EventId], receiver.Ids);
        Assert.Equal(charged.EventId, (await Client.V1.Events.GetAsync(charged.EventId)).Id); // lost, and still to be found
    }

    [Fact]
    public async Task What_was_not_taken_is_sent_again()
    {
        Register();
        await Pay(Paying(10_000));
        receiver.Status = 500;
        Assert.Equal(500, (await Simulator.Deliveries.DeliverNext())!.Status);
        Assert.Equal(1, Simulator.Deliveries.Queue[0].Attempts);
        receiver.Status = 200;
        Assert.True((await Simulator.Deliveries.DeliverNext())!.IsTaken);
        Assert.Equal(receiver.Ids[0], receiver.Ids[1]);
    }

    [Fact]
    public async Task An_order_is_drawn_from_its_seed()
    {
        Register();
        for (var i = 0; i < 4; i++)
        {
            await Pay(Paying(10_000));
        }

        var inOrder = Simulator.Deliveries.Queue.Select(d => d.EventId).ToList();
        receiver.Status = 500; // they stay, to be sent three times
        await Simulator.Deliveries.DeliverShuffled(1);
        await Simulator.Deliveries.DeliverShuffled(1);
        await Simulator.Deliveries.DeliverShuffled(2);
        var sent = receiver.Ids.Chunk(inOrder.Count).ToList();
        Assert.Equal(sent[0], sent[1]);
        Assert.NotEqual(sent[0], sent[2]);
        Assert.NotEqual(inOrder, sent[0]);
        Assert.Equal(inOrder.Order(), sent[0].Order());
    }

    [Fact]
    public async Task By_themselves_all_arrive_that_are_not_dropped()
    {
        Register();
        Simulator.Deliveries.StartAutomatic(seed: 3, new DeliveryRates(Drops: 0.2, Duplicates: 0.3, Delays: 0.3));
        for (var i = 0; i < 20; i++)
        {
            await Pay(Paying(10_000));
        }

        await Simulator.Deliveries.Quiet();
        Assert.Empty(Simulator.Deliveries.Queue);
        Assert.InRange(receiver.Ids.Distinct().Count(), 30, 59);
        Assert.NotEqual(receiver.Ids.Count, receiver.Ids.Distinct().Count());
    }

    private Marketplace.StripeSimulation.WebhookEndpoint Register() => Simulator.Deliveries.Register(Address, client: receiver.Client);

    private Event Verified(string body, string signature, string? secret = null) =>
        EventUtility.ConstructEvent(body, signature, secret ?? Simulator.WebhookSecrets[0], 300, NowSeconds, true);

    /// <summary>Takes what is delivered, without a port.</summary>
    private sealed class Receiver : HttpMessageHandler
    {
        public Receiver() => Client = new HttpClient(this);

        public HttpClient Client { get; }

        public int Status { get; set; } = 200;

        public List<(string Body, string Signature)> Bodies { get; } = [];

        public IReadOnlyList<string> Ids => [.. Bodies.Select(b => EventUtility.ParseEvent(b.Body).Id)];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Bodies.Add((await request.Content!.ReadAsStringAsync(cancellationToken), request.Headers.GetValues("Stripe-Signature").Single()));
            return new HttpResponseMessage((System.Net.HttpStatusCode)Status);
        }
    }
}
