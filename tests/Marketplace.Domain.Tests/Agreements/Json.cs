using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>A text of everything that a value holds, to compare by: records with lists in them are not equal by value.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Of<T>(T value) where T : notnull => JsonSerializer.Serialize(value, value.GetType(), Options);
}
