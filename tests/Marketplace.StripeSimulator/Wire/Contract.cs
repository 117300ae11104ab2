using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>What Stripe's own declarations say of the endpoints that are played here. Made by Contract/generate.mjs, which says what a shape is.</summary>
public sealed record Contract(string Source, string ApiVersion, IReadOnlyList<Endpoint> Endpoints, IReadOnlyDictionary<string, Definition> Definitions)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    public static Contract Stripe { get; } = Read();

    /// <summary>By the value of their <c>object</c>: <c>payment_intent</c>.</summary>
    [JsonIgnore]
    internal IReadOnlyDictionary<string, Definition> Objects { get; private init; } = new Dictionary<string, Definition>();

    private static Contract Read()
    {
        using var file = typeof(Contract).Assembly.GetManifestResourceStream("stripe-contract.json")!;
        var contract = JsonSerializer.Deserialize<Contract>(file, Reading)!;
        return contract with
        {
            Objects = contract.Definitions.OrderBy(d => d.Key.Contains('#'))
                .Where(d => d.Value.Fields.GetValueOrDefault("object")?.Enum is [_])
                .DistinctBy(d => d.Value.Fields["object"].Enum![0])
                .ToDictionary(d => d.Value.Fields["object"].Enum![0], d => d.Value),
        };
    }
}

/// <param name="Path">With <c>{}</c> for each id.</param>
/// <param name="Parameters">Name of a definition.</param>
/// <param name="Answer">Name of a definition.</param>
public sealed record Endpoint(string Method, string Path, string? Parameters, string? Answer, bool List)
{
    public override string ToString() => $"{Method} {Path}";
}

public sealed record Definition(IReadOnlyDictionary<string, Shape> Fields, IReadOnlyList<string> Required);

public sealed record Shape(
    string? Type = null,
    IReadOnlyList<string>? Enum = null,
    Shape? Map = null,
    Shape? Array = null,
    Shape? List = null,
    IReadOnlyList<Shape>? AnyOf = null,
    string? Ref = null,
    bool Empty = false,
    bool Nullable = false);

/// <summary>Holds requests against the contract as Stripe does, and what the simulator answers too.</summary>
internal static class ContractCheck
{
    private static Contract Stripe => Contract.Stripe;

    /// <exception cref="StripeError">400, with the first parameter that does not fit.</exception>
    public static void Request(Endpoint endpoint, JsonObject parameters, bool json)
    {
        if (endpoint.Parameters is { } name)
        {
            Fields(Stripe.Definitions[name], parameters, "", json);
        }
        else if (parameters.FirstOrDefault(p => p.Key != "expand") is { Key: { } unknown })
        {
            throw Unknown(unknown);
        }
    }

    private static void Fields(Definition definition, JsonObject given, string path, bool json)
    {
        foreach (var (name, value) in given)
        {
            var at = path.Length == 0 ? name : $"{path}[{name}]";
            Value(definition.Fields.GetValueOrDefault(name) ?? throw Unknown(at), value, at, json);
        }

        if (definition.Required.FirstOrDefault(r => !given.ContainsKey(r)) is { } missing)
        {
            throw StripeError.Missing(path.Length == 0 ? missing : $"{path}[{missing}]");
        }
    }

    private static void Value(Shape shape, JsonNode? value, string at, bool json)
    {
        if (json ? value is null : value is JsonValue v && v.ToString().Length == 0)
        {
            if (!shape.Empty && !shape.Nullable && !at.StartsWith("metadata[", StringComparison.Ordinal) && !at.Contains("[metadata][", StringComparison.Ordinal))
            {
                throw StripeError.Invalid(
                    $"You passed an empty string for '{at}'. We assume empty values are an attempt to unset a parameter; however '{at}' cannot be unset. You should remove '{at}' from your request or supply a non-empty value.",
                    at, "parameter_invalid_empty");
            }

            return;
        }

        switch (shape)
        {
            case { AnyOf: { } choices }:
                OneOf(choices, value, at, json);
                break;
            case { Ref: { } name }:
                Fields(Stripe.Definitions[name], value as JsonObject ?? throw StripeError.Invalid("Invalid object", at), at, json);
                break;
            case { Map: { } each }:
                foreach (var (key, item) in value as JsonObject ?? throw StripeError.Invalid("Invalid hash", at))
                {
                    Value(each, item, $"{at}[{key}]", json);
                }

                break;
            case { Array: { } each }:
                var items = value as JsonArray ?? throw StripeError.Invalid("Invalid array", at);
                for (var i = 0; i < items.Count; i++)
                {
                    Value(each, items[i], $"{at}[{i}]", json);
                }

                break;
            case { Enum: { } words }:
                if (!words.Contains(Text(value, at)))
                {
                    throw StripeError.Invalid($"Invalid {at}: must be one of {string.Join(", ", words)}", at);
                }

                break;
            case { Type: "boolean" }:
                if (json ? value!.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) : Text(value, at) is not ("true" or "false"))
                {
                    throw StripeError.Invalid($"Invalid boolean: {value}", at);
                }

                break;
            case { Type: "number" }:
                if (!IsNumber(value, json) || (!at.Contains("percent", StringComparison.Ordinal) && !long.TryParse(value!.ToString(), out _)))
                {
                    throw StripeError.Invalid($"Invalid integer: {value}", at, "parameter_invalid_integer");
                }

                break;
            case { Type: "string" }:
                Text(value, at);
                break;
        }
    }

    private static void OneOf(IReadOnlyList<Shape> choices, JsonNode? value, string at, bool json)
    {
        // Said of the last choice, which is the widest.
        for (var i = 0; ; i++)
        {
            try
            {
                Value(choices[i], value, at, json);
                return;
            }
            catch (StripeError) when (i < choices.Count - 1)
            {
                // the next may fit
            }
        }
    }

    private static string Text(JsonNode? value, string at) =>
        value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : throw StripeError.Invalid($"Invalid string: {value?.ToJsonString()}", at);

    private static bool IsNumber(JsonNode? value, bool json) =>
        value is JsonValue v && (json ? v.GetValueKind() == JsonValueKind.Number : decimal.TryParse(v.ToString(), System.Globalization.CultureInfo.InvariantCulture, out _));

    private static StripeError Unknown(string at) => StripeError.Invalid($"Received unknown parameter: {at}", at, "parameter_unknown");
}
