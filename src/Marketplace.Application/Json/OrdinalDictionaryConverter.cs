using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Application.Json;

/// <summary>Sorted dictionaries by text keep their ordinal order: as read otherwise they would order, and tell keys apart, by the culture of the process.</summary>
internal sealed class OrdinalDictionaryConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>)
        && typeToConvert.GetGenericArguments()[0] == typeof(string);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()[1]), options)!;

    private sealed class Of<TValue>(JsonSerializerOptions options) : JsonConverter<ImmutableSortedDictionary<string, TValue>>
    {
        private static readonly ImmutableSortedDictionary<string, TValue> Empty = ImmutableSortedDictionary.Create<string, TValue>(StringComparer.Ordinal);

        private readonly JsonConverter<TValue> values = (JsonConverter<TValue>)options.GetConverter(typeof(TValue));

        public override ImmutableSortedDictionary<string, TValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("An object was expected.");
            }

            var read = Empty.ToBuilder();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                read[key] = reader.TokenType == JsonTokenType.Null && !values.HandleNull
                    ? throw new JsonException($"'{key}' has no value.")
                    : values.Read(ref reader, typeof(TValue), options)!;
            }

            return read.ToImmutable();
        }

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, TValue> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, each) in value)
            {
                writer.WritePropertyName(key);
                values.Write(writer, each, options);
            }

            writer.WriteEndObject();
        }
    }
}
