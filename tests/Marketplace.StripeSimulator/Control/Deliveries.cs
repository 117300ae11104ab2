using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketplace.StripeSimulation.Resources;
using Marketplace.StripeSimulation.State;

namespace Marketplace.StripeSimulation;

/// <summary>An address that hears of events.</summary>
/// <param name="Secrets">Each signs: two of them while one is rotated out.</param>
/// <param name="Types">The types that it hears of; all, where none are named.</param>
public sealed record WebhookEndpoint(Uri Url, IReadOnlyList<string> Secrets, IReadOnlyList<string> Types, HttpClient Client);

/// <summary>An event on its way to an endpoint.</summary>
/// <param name="Attempts">How often it was sent and not answered with 2xx.</param>
public sealed record Delivery(long Number, string EventId, string Type, WebhookEndpoint Endpoint, int Attempts = 0);

/// <param name="Status">Of the receiver; null where it could not be reached.</param>
public sealed record Delivered(Delivery Delivery, int? Status)
{
    public bool IsTaken => Status is >= 200 and < 300;
}

/// <summary>
/// Events on their way. Nothing leaves by itself: a test delivers the next, all, or all in another order, drops some and sends others twice.
/// What is not answered with 2xx stays in the queue, as Stripe would try again later.
/// </summary>
public sealed class Deliveries : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<WebhookEndpoint> endpoints = [];
    private readonly List<Delivery> queue = [];
    private readonly HttpClient own = new();
    private readonly World world;
    private long numbers;
    private AutomaticDelivery? automatic;

    internal Deliveries(World world)
    {
        this.world = world;
        world.Recorded = Enqueue;
    }

    /// <summary>In the order of their events.</summary>
    public IReadOnlyList<Delivery> Queue
    {
        get
        {
            lock (gate)
            {
                return [.. queue];
            }
        }
    }

    /// <summary>Not of a timer that goes off just now in another thread.</summary>
    private DateTimeOffset NowUtc
    {
        get
        {
            lock (world.Gate)
            {
                return world.NowUtc;
            }
        }
    }

    /// <param name="secrets">Of the options, where none are given.</param>
    /// <param name="client">Of a host under test that listens to no port.</param>
    public WebhookEndpoint Register(Uri url, IReadOnlyList<string>? secrets = null, IReadOnlyList<string>? types = null, HttpClient? client = null)
    {
        var endpoint = new WebhookEndpoint(url, secrets ?? world.Options.WebhookSecrets, types ?? [], client ?? own);
        lock (gate)
        {
            endpoints.Add(endpoint);
        }

        return endpoint;
    }

    public void Unregister(WebhookEndpoint endpoint)
    {
        lock (gate)
        {
            endpoints.Remove(endpoint);
            queue.RemoveAll(d => d.Endpoint == endpoint);
        }
    }

    /// <returns>Null where nothing waits.</returns>
    public async Task<Delivered?> DeliverNext() => Queue is [var next, ..] ? await Deliver(next) : null;

    /// <summary>All that wait now, in the order of their events. What they cause waits for the next call.</summary>
    public Task<IReadOnlyList<Delivered>> DeliverAll() => DeliverThese(Queue);

    /// <summary>All that wait now, in an order drawn from the seed.</summary>
    public Task<IReadOnlyList<Delivered>> DeliverShuffled(int seed)
    {
        var shuffled = Queue.ToArray();
        new Random(seed).Shuffle(shuffled);
        return DeliverThese(shuffled);
    }

    /// <summary>One of the queue, whatever waits before it: the rest is late.</summary>
    public async Task<Delivered> Deliver(Delivery delivery)
    {
        var status = await Send(delivery);
        var delivered = new Delivered(delivery, status);
        lock (gate)
        {
            var place = queue.FindIndex(d => d.Number == delivery.Number);
            if (place >= 0 && delivered.IsTaken)
            {
                queue.RemoveAt(place);
            }
            else if (place >= 0)
            {
                queue[place] = delivery with { Attempts = delivery.Attempts + 1 };
            }
        }

        return delivered;
    }

    /// <summary>It never arrives.</summary>
    public void Drop(Delivery delivery)
    {
        lock (gate)
        {
            queue.RemoveAll(d => d.Number == delivery.Number);
        }
    }

    public void DropAll()
    {
        lock (gate)
        {
            queue.Clear();
        }
    }

    /// <summary>It will arrive once more.</summary>
    public Delivery Duplicate(Delivery delivery)
    {
        lock (gate)
        {
            var again = delivery with { Number = ++numbers, Attempts = 0 };
            queue.Add(again);
            return again;
        }
    }

    /// <summary>Sends an event, delivered or not, as "Resend" of the Dashboard does.</summary>
    /// <returns>The receiver's status; null where it could not be reached.</returns>
    public Task<int?> Resend(string eventId, WebhookEndpoint endpoint) => Send(endpoint, BodyOf(eventId), null);

    /// <summary>An event that somebody else signed.</summary>
    public Task<int?> SendForged(string eventId, WebhookEndpoint endpoint) =>
        Send(endpoint, BodyOf(eventId), Signature(BodyOf(eventId), ["whsec_of_somebody_else"], NowUtc));

    /// <summary>A real event and signature, replayed after a while.</summary>
    public Task<int?> SendStale(string eventId, WebhookEndpoint endpoint, TimeSpan age) =>
        Send(endpoint, BodyOf(eventId), Signature(BodyOf(eventId), endpoint.Secrets, NowUtc - age));

    /// <summary>A body that is not the one that was signed.</summary>
    public Task<int?> SendAltered(string eventId, WebhookEndpoint endpoint, Func<string, string> alter) =>
        Send(endpoint, alter(BodyOf(eventId)), Signature(BodyOf(eventId), endpoint.Secrets, NowUtc));

    /// <summary>Any body, rightly signed: an event of another API version, or none at all.</summary>
    public Task<int?> SendBody(string body, WebhookEndpoint endpoint) => Send(endpoint, body, null);

    /// <summary>From now on events leave by themselves, with these mishaps.</summary>
    public void StartAutomatic(int seed = 0, DeliveryRates? rates = null)
    {
        lock (gate)
        {
            automatic ??= new AutomaticDelivery(this, seed, rates ?? new());
            foreach (var waiting in queue)
            {
                automatic.Take(waiting);
            }
        }
    }

    /// <summary>Ends when the automatic mode has nothing more to send. What receivers refused stays in the queue.</summary>
    public Task Quiet() => automatic?.Quiet() ?? Task.CompletedTask;

    /// <summary>The body of an event as it is sent.</summary>
    public string BodyOf(string eventId)
    {
        lock (world.Gate)
        {
            return world.Events.Get(eventId).ToJson().ToJsonString();
        }
    }

    /// <summary><c>t=…,v1=…</c>, a v1 for each secret.</summary>
    public static string Signature(string body, IEnumerable<string> secrets, DateTimeOffset atUtc)
    {
        var seconds = atUtc.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{seconds}.{body}");
        return string.Join(',', secrets.Select(s => $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(s), signed))}").Prepend($"t={seconds}"));
    }

    public void Dispose()
    {
        automatic?.Dispose();
        own.Dispose();
    }

    private async Task<IReadOnlyList<Delivered>> DeliverThese(IReadOnlyList<Delivery> these)
    {
        var results = new List<Delivered>();
        foreach (var delivery in these)
        {
            results.Add(await Deliver(delivery));
        }

        return results;
    }

    private Task<int?> Send(Delivery delivery) => Send(delivery.Endpoint, BodyOf(delivery.EventId), null);

    private async Task<int?> Send(WebhookEndpoint endpoint, string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature ?? Signature(body, endpoint.Secrets, NowUtc));
        try
        {
            using var response = await endpoint.Client.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private void Enqueue(StripeEvent happened)
    {
        lock (gate)
        {
            foreach (var endpoint in endpoints.Where(e => e.Types.Count == 0 || e.Types.Contains(happened.Type)))
            {
                var delivery = new Delivery(++numbers, happened.Id, happened.Type, endpoint);
                queue.Add(delivery);
                automatic?.Take(delivery);
            }
        }
    }
}
