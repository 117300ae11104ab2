using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Documents.Templates;

/// <summary>One version of a contract with blanks: filled in, it gives the text that is signed and the terms that run.</summary>
/// <param name="Plan">AgreementTerms as JSON, in which <c>"$name"</c> stands for a parameter and payments have <c>clause</c> and <c>when</c> beside.</param>
/// <param name="Ladder">Days of the steps, in the order of <see cref="EnforcementLadder.Standard"/>.</param>
/// <param name="Clauses">Ids of the sections, in order.</param>
public sealed record ContractTemplate(
    string Id, int Version, BilingualText Title, BilingualText Summary, BilingualText SuitedFor, IReadOnlyList<string> Parties,
    IReadOnlyList<TemplateParameter> Parameters, JsonObject Plan, IReadOnlyList<LadderStep> Ladder, IReadOnlyList<string> Clauses, TemplateSource Source)
{
    /// <summary>Member of a payment that names its sub-clause in the texts.</summary>
    public const string Clause = "clause";

    /// <summary>Member of a payment that names the boolean parameter without which it does not exist.</summary>
    public const string When = "when";

    private static readonly JsonSerializerOptions Strict = new(CanonicalJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public string Hash { get; } = Source.Hash;

    public IEnumerable<JsonObject> Payments => Plan["payments"]!.AsArray().Select(p => p!.AsObject());

    /// <summary>The name that <c>"$name"</c> stands for; null of everything else.</summary>
    public static string? NameIn(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.StartsWith('$') ? text[1..] : null;

    /// <summary>All values, checked; defaults where none is given.</summary>
    /// <param name="given">Text of parameters by name.</param>
    public Result<IReadOnlyDictionary<string, string>> Values(IReadOnlyDictionary<string, string> given)
    {
        if (given.Keys.FirstOrDefault(name => Parameters.All(p => p.Name != name)) is { } stranger)
        {
            return Refusal.Invalid("value-unknown", "模板没有这一参数。", "The template has no such parameter.", $"values.{stranger}");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in Parameters)
        {
            var read = parameter.Read(given.GetValueOrDefault(parameter.Name) ?? parameter.Default);
            if (read.Refusal is { } refusal)
            {
                return refusal;
            }

            values[parameter.Name] = read.Value;
        }

        return values;
    }

    /// <summary>The terms that checked values give, ladder and template named in them.</summary>
    public Result<AgreementTerms> Terms(IReadOnlyDictionary<string, string> values)
    {
        var filled = (JsonObject)Fill(Plan, values)!;
        var terms = filled.Deserialize<AgreementTerms>(Strict)! with
        {
            Ladder = Ladder,
            Template = new TemplateRef(Id, Version, Hash, [.. Parameters.Select(p => new TemplateValue(p.Name, values[p.Name]))]),
        };
        return terms.Check() is { } refusal ? refusal : terms;
    }

    private JsonNode? Fill(JsonNode? node, IReadOnlyDictionary<string, string> values)
    {
        switch (node)
        {
            case JsonObject members:
                var filled = new JsonObject();
                foreach (var (name, value) in members.Where(m => m.Key is not (Clause or When)))
                {
                    filled[name] = Fill(value, values);
                }

                return filled;
            case JsonArray items:
                return new JsonArray([.. items.Where(i => !IsLeftOut(i, values)).Select(i => Fill(i, values))]);
            default:
                return NameIn(node) is { } parameter ? Parameters.First(p => p.Name == parameter).Json(values[parameter]) : node?.DeepClone();
        }
    }

    private static bool IsLeftOut(JsonNode? item, IReadOnlyDictionary<string, string> values) =>
        item is JsonObject payment && payment[When] is { } flag && values[flag.GetValue<string>()] != "true";
}
