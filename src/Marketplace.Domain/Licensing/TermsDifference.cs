using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Marketplace.Domain.Licensing;

/// <summary>What two versions of terms say differently, term by term. Read off their JSON, so that no member can be forgotten.</summary>
public static class TermsDifference
{
    private const string TemplateValues = "template.values";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WriteWhatIsAgreed } },
    };

    // What a payment says of itself follows from its members, and differs with them.
    private static void WriteWhatIsAgreed(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.Set is null).ToList())
        {
            type.Properties.Remove(property);
        }

        foreach (var property in type.Properties.Where(p => p.PropertyType == typeof(bool)))
        {
            property.ShouldSerialize = (_, _) => true; // no is said, not left out
        }
    }

    /// <summary>In the order of the members; payments by their position, which is their clause; values of a template by name.</summary>
    public static IReadOnlyList<TermDifference> Between(AgreementTerms before, AgreementTerms after) => [.. Compare("", Node(before), Node(after))];

    /// <summary>Of the annex: <c>criteria[0].low</c>.</summary>
    public static IReadOnlyList<TermDifference> Between(IReadOnlyList<AcceptanceCriterion>? before, IReadOnlyList<AcceptanceCriterion>? after) =>
        [.. Compare("criteria", Node(before ?? []), Node(after ?? []))];

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Json);

    private static IEnumerable<TermDifference> Compare(string path, JsonNode? before, JsonNode? after) => (before, after) switch
    {
        (JsonObject b, JsonObject a) when KindOf(b) == KindOf(a) => Names(b, a).SelectMany(name => Compare(path.Length == 0 ? name : $"{path}.{name}", b[name], a[name])),
        (JsonArray b, JsonArray a) when path == TemplateValues => ByName(b, a),
        (JsonArray b, JsonArray a) => Enumerable.Range(0, Math.Max(b.Count, a.Count)).SelectMany(i => Compare($"{path}[{i}]", At(b, i), At(a, i))),
        _ => JsonNode.DeepEquals(before, after) ? [] : [new TermDifference(path, Text(before), Text(after))],
    };

    /// <summary>A payment of another kind is another payment, not one with other members.</summary>
    private static string? KindOf(JsonObject node) => node["kind"]?.ToString();

    private static IEnumerable<string> Names(JsonObject before, JsonObject after) => before.Select(m => m.Key).Union(after.Select(m => m.Key));

    private static IEnumerable<TermDifference> ByName(JsonArray before, JsonArray after)
    {
        var (old, now) = (Values(before), Values(after));
        return old.Keys.Union(now.Keys).SelectMany(name => Compare($"{TemplateValues}.{name}", old.GetValueOrDefault(name), now.GetValueOrDefault(name)));

        static Dictionary<string, JsonNode?> Values(JsonArray values) => values.GroupBy(v => v!["name"]!.ToString()).ToDictionary(v => v.Key, v => v.First()!["value"]);
    }

    private static JsonNode? At(JsonArray list, int index) => index < list.Count ? list[index] : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.ToString() : node?.ToJsonString(Json);
}

/// <summary>One term that differs.</summary>
/// <param name="Path">As its field is called in JSON: <c>trialMonths</c>, <c>payments[0].ratePpm</c>, <c>template.values.price</c>.</param>
/// <param name="Before">Numbers in digits, choices by name, text as it is, a whole clause as JSON; null: it was not there.</param>
/// <param name="After">The same; null: it is gone.</param>
public sealed record TermDifference(string Path, string? Before, string? After);
