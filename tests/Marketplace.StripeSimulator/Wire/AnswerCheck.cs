using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>Holds what the simulator itself says against the contract, so that no test relies on a field or a word that Stripe does not have.</summary>
internal static class AnswerCheck
{
    /// <exception cref="InvalidOperationException">The simulator made something up.</exception>
    public static void Object(JsonNode answer)
    {
        if ((string?)answer["object"] is { } kind && Contract.Stripe.Objects.TryGetValue(kind, out var definition)
            && Wrong(definition, (JsonObject)answer, kind) is { } wrong)
        {
            throw new InvalidOperationException($"The simulator says what Stripe does not: {wrong}");
        }
    }

    /// <summary>A resource, or a list of them.</summary>
    public static void Answer(JsonNode answer)
    {
        foreach (var item in (string?)answer["object"] == "list" ? answer["data"]!.AsArray() : [])
        {
            Object(item!);
        }

        Object(answer);
    }

    private static string? Wrong(Definition definition, JsonObject said, string at)
    {
        foreach (var (name, value) in said)
        {
            if (!definition.Fields.TryGetValue(name, out var shape))
            {
                return $"{at}.{name} does not exist";
            }

            if (Wrong(shape, value, $"{at}.{name}") is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static string? Wrong(Shape shape, JsonNode? value, string at)
    {
        if (value is null)
        {
            return shape.Nullable || shape.Type == "any" ? null : $"{at} is never null";
        }

        var kind = value.GetValueKind();
        return shape switch
        {
            { AnyOf: { } choices } => choices.Select(c => Wrong(c, value, at)).ToList() is var all && all.Contains(null) ? null : all[^1],
            { Ref: { } name } => value is JsonObject o ? Wrong(Contract.Stripe.Definitions[name], o, at) : $"{at} is an object",
            { List: not null } => value is JsonObject list && (string?)list["object"] == "list" ? null : $"{at} is a list",
            { Map: not null } => kind == JsonValueKind.Object ? null : $"{at} is a map",
            { Array: { } each } => value is JsonArray items ? items.Select(i => Wrong(each, i, at)).FirstOrDefault(w => w is not null) : $"{at} is an array",
            { Enum: { } words } => kind == JsonValueKind.String && words.Contains((string)value!) ? null : $"{at} is never {value.ToJsonString()}",
            { Type: "boolean" } => kind is JsonValueKind.True or JsonValueKind.False ? null : $"{at} is a boolean",
            { Type: "number" } => kind == JsonValueKind.Number ? null : $"{at} is a number",
            { Type: "string" } => kind == JsonValueKind.String ? null : $"{at} is a string",
            _ => null,
        };
    }
}
