using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketplace.StripeSimulation.State;

/// <summary>A resource. Public properties are what Stripe says of it, in snake case; internal ones are the simulator's own.</summary>
internal abstract class StripeObject
{
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Id { get; init; }

    public abstract string Object { get; }

    /// <summary>Seconds since 1970.</summary>
    internal abstract long MadeAt { get; }

    /// <summary>As of now; later changes do not reach it.</summary>
    internal JsonObject ToJson() => (JsonObject)ToNode(this)!;

    /// <summary>Any value in Stripe's spelling.</summary>
    internal static JsonNode? ToNode(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), Wire);
}

/// <summary>A resource that says when it was made.</summary>
internal abstract class DatedObject : StripeObject
{
    /// <summary>Seconds since 1970.</summary>
    public required long Created { get; init; }

    internal sealed override long MadeAt => Created;
}
