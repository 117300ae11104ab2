using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Marketplace.Application.Json;

namespace Marketplace.Application.Grains;

/// <summary>What a snapshot keeps of a stream, so that loading need not begin at its first event.</summary>
public sealed record KeptState<TState>(TState State, StreamLedger Ledger)
{
    /// <summary>A snapshot of another shape is ignored, never migrated.</summary>
    public static readonly string Shape = ShapeFingerprint.Of<KeptState<TState>>("without what is computed or as it was");

    public string Write() => JsonSerializer.Serialize(this, KeptJson.Options);

    /// <exception cref="JsonException">The text does not fit the type: a bug, since we wrote it.</exception>
    public static KeptState<TState> Read(string body) =>
        JsonSerializer.Deserialize<KeptState<TState>>(body, KeptJson.Options) ?? throw new JsonException($"null where the state of {typeof(TState).Name} was kept");
}

/// <summary>
/// As everything is written, without members that follow from others, and without those that are what a new object has: zeros, noes and empty
/// collections. Nobody reads them, and they are most of the members of a state.
/// </summary>
file static class KeptJson
{
    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(CanonicalJson.Options);
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(LeaveOutComputed).WithAddedModifier(LeaveOutUnchanged);
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

    private static void LeaveOutUnchanged(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        // What is not read comes from the constructor: from the default of its parameter, or from an initializer.
        var fresh = type.Type.GetConstructor([])?.Invoke(null);
        foreach (var property in type.Properties.Where(p => p.Get is not null))
        {
            object? unread;
            if (property.AssociatedParameter is { } parameter)
            {
                unread = parameter.HasDefaultValue ? parameter.DefaultValue : DefaultOf(property.PropertyType);
            }
            else if (fresh is not null)
            {
                unread = property.Get!(fresh);
            }
            else
            {
                continue; // set by an initializer that nobody can ask
            }

            var isWritten = property.ShouldSerialize;
            property.ShouldSerialize = (whose, value) => isWritten?.Invoke(whose, value) != false && !IsSame(value, unread);
        }
    }

    private static bool IsSame(object? value, object? unread) => Equals(value, unread) || (value is ICollection { Count: 0 } && unread is ICollection { Count: 0 });

    private static object? DefaultOf(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null;
}
