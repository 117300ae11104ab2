using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

/// <summary>Something changed. Kept for 30 days.</summary>
internal sealed class StripeEvent : DatedObject
{
    public override string Object => "event";

    public required string Type { get; init; }

    public string ApiVersion => Contract.Stripe.ApiVersion;

    public bool Livemode => false;

    public int PendingWebhooks => 1;

    /// <summary>The connected account that it happened in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    public required Change Data { get; init; }

    public required Cause Request { get; init; }

    /// <param name="Object">As it was then.</param>
    public sealed record Change(
        JsonObject Object, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonObject? PreviousAttributes);

    /// <param name="Id">The request that caused it, if it was one.</param>
    public sealed record Cause(string? Id, string? IdempotencyKey);
}

internal sealed class EventEndpoints(World world) : IEndpoints
{
    private const long KeptSeconds = 30 * 24 * 60 * 60;

    public IEnumerable<Route> Routes =>
    [
        new("GET /v1/events/{}", call => Kept(world.Events.Get(call.Id)) ? world.Events.Get(call.Id) : throw StripeError.NoSuch("event", call.Id, "id")),
        new("GET /v1/events", List),
    ];

    private JsonObject List(Call call)
    {
        var types = call.Parameters.Text("type") is { } type ? [type] : call.Parameters.Texts("types");
        return world.Events.Page(call, e => Kept(e) && (types is null || types.Any(t => Fits(t, e.Type))));
    }

    private bool Kept(StripeEvent happened) => happened.Created > world.Now - KeptSeconds;

    /// <summary><c>charge.*</c> is any of charge.</summary>
    private static bool Fits(string asked, string type) =>
        asked.EndsWith('*') ? type.StartsWith(asked[..^1], StringComparison.Ordinal) : asked == type;
}
