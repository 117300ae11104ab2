using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Marketplace.Application.Json;

namespace Marketplace.Application.Grains;

/// <summary>What a snapshot keeps of a stream, so that loading need not begin at its first event.</summary>
public sealed record KeptState<TState>(TState State, StreamLedger Ledger)
{
    /// <summary>A snapshot of another shape is ignored, never migrated.</summary>
    public static readonly string Shape = ShapeFingerprint.Of<KeptState<TState>>("without what is computed");

    public string Write() => JsonSerializer.Serialize(this, KeptJson.Options);

    /// <exception cref="JsonException">The text does not fit the type: a bug, since we wrote it.</exception>
    public static KeptState<TState> Read(string body) =>
        JsonSerializer.Deserialize<KeptState<TState>>(body, KeptJson.Options) ?? throw new JsonException($"null where the state of {typeof(TState).Name} was kept");
}

/// <summary>As everything is written, without members that follow from others: nobody reads them, and they are half of a state.</summary>
file static class KeptJson
{
    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(CanonicalJson.Options);
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(LeaveOutComputed);
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutComputed(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.Set is null && p.AssociatedParameter is null).ToList())
        {
            type.Properties.Remove(property);
        }
    }
}
