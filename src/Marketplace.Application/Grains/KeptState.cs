using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Marketplace.Application.Json;

namespace Marketplace.Application.Grains;

/// <summary>What a snapshot keeps of a stream, so that loading need not begin at its first event.</summary>
public sealed record KeptState<TState>(TState State, StreamLedger Ledger)
{
    /// <summary>A snapshot of another shape is ignored, never migrated.</summary>
    public static readonly string Shape = ShapeFingerprint.Of<KeptState<TState>>("without what is computed or empty");

    public string Write() => JsonSerializer.Serialize(this, KeptJson.Options);

    /// <exception cref="JsonException">The text does not fit the type: a bug, since we wrote it.</exception>
    public static KeptState<TState> Read(string body) =>
        JsonSerializer.Deserialize<KeptState<TState>>(body, KeptJson.Options) ?? throw new JsonException($"null where the state of {typeof(TState).Name} was kept");
}

/// <summary>
/// As everything is written, without members that follow from others, and without collections that a new object has empty too: nobody reads
/// them, and they are most of the members of a state.
/// </summary>
file static class KeptJson
{
    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(CanonicalJson.Options);
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(LeaveOutComputed).WithAddedModifier(LeaveOutEmpty);
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

    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetConstructor([]) is not { } constructor)
        {
            return;
        }

        var fresh = constructor.Invoke(null);
        foreach (var property in type.Properties.Where(p => p is { Get: not null, AssociatedParameter: null } && IsEmpty(p.Get(fresh))))
        {
            property.ShouldSerialize = (_, value) => !IsEmpty(value);
        }
    }

    private static bool IsEmpty(object? value) => value is ICollection { Count: 0 };
}
