using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>A code that the outside world gave out: text that is normalised and checked once, where it enters.</summary>
public interface IIdentifier<TSelf> where TSelf : struct, IIdentifier<TSelf>
{
    /// <summary>The canonical spelling.</summary>
    string Value { get; }

    /// <param name="text">As somebody typed it.</param>
    /// <param name="field">Path of the input field, for the refusal.</param>
    static abstract Result<TSelf> Parse(string? text, string field);
}

/// <summary>An identifier in JSON is its canonical text; what does not parse is a <see cref="JsonException"/>.</summary>
public sealed class IdentifierJsonConverter<T> : JsonConverter<T> where T : struct, IIdentifier<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Parse(reader.GetString())
            : throw new JsonException($"Expected a string for {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Text(value));

    private static T Parse(string? text)
    {
        var parsed = T.Parse(text, typeof(T).Name);
        return parsed.Refusal is { } refusal ? throw new RefusedJsonException(refusal) : parsed.Value;
    }

    // default(T) has no text: writing null would store a document that nobody can read back.
    private static string Text(T value) => value.Value ?? throw new InvalidOperationException($"An unset {typeof(T).Name} cannot be written.");
}

/// <summary>Well-formed JSON whose text breaks the rules of an identifier; carries the sentence for whoever typed it.</summary>
public sealed class RefusedJsonException(Refusal refusal) : JsonException($"{refusal.Code}: {refusal.En}")
{
    public Refusal Refusal { get; } = refusal;
}
