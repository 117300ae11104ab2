using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Marketplace.Domain;

namespace Marketplace.Application.Json;

/// <summary>
/// How everything is written that is kept or hashed: camelCase, members in order of declaration, nulls left out,
/// ids and enums as strings, dates ISO 8601, no indentation, Chinese readable.
/// </summary>
public static class CanonicalJson
{
    public static readonly JsonSerializerOptions Options = Create();

    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    public static byte[] Bytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);

    /// <exception cref="JsonException">The text does not fit the type: a bug, since we wrote it.</exception>
    public static object Read(string text, Type type) =>
        JsonSerializer.Deserialize(text, type, Options) ?? throw new JsonException($"null where {type.Name} was kept");

    public static T Read<T>(string text) => (T)Read(text, typeof(T));

    /// <summary>Makes other options write in the same way.</summary>
    public static void CopyTo(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.AllowOutOfOrderMetadataProperties = true;
        options.Converters.Add(new OrdinalDictionaryConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutUnsetIds } },
        };
        CopyTo(options);
        options.MakeReadOnly();
        return options;
    }

    // The state of something that does not exist yet has ids without text: left out, they come back as they were.
    private static void LeaveOutUnsetIds(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.PropertyType.IsValueType
            && p.PropertyType.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>))))
        {
            var unset = Activator.CreateInstance(property.PropertyType);
            property.ShouldSerialize = (_, id) => !Equals(id, unset);
        }
    }
}
