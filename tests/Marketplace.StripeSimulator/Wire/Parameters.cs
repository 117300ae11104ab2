using System.Globalization;
using System.Text.Json.Nodes;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>Parameters that the contract has let through, form or JSON.</summary>
internal sealed class Parameters(JsonObject given)
{
    private const int MostKeys = 50;
    private const int LongestKey = 40;
    private const int LongestValue = 500;

    public JsonObject Given => given;

    public bool Has(string name) => given.ContainsKey(name);

    /// <summary>Null where it is not given or unset with an empty string.</summary>
    public string? Text(string name) => given[name] is JsonValue v && v.ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="StripeError">It is not given.</exception>
    public string Need(string name) => Text(name) ?? throw StripeError.Missing(name);

    public long? Number(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool Flag(string name) => Text(name) == "true";

    public Parameters? Within(string name) => given[name] is JsonObject o ? new Parameters(o) : null;

    public IReadOnlyList<Parameters> Each(string name) => given[name] is JsonArray a ? [.. a.Select(i => new Parameters((JsonObject)i!))] : [];

    public IReadOnlyList<string>? Texts(string name) => given[name] is JsonArray a ? [.. a.Select(i => i!.ToString())] : null;

    /// <exception cref="StripeError">More or longer than Stripe takes: 50 keys of 40 characters with values of 500.</exception>
    public Dictionary<string, string> Metadata()
    {
        var metadata = given["metadata"] is JsonObject o ? o.Where(m => m.Value!.ToString().Length > 0).ToDictionary(m => m.Key, m => m.Value!.ToString()) : [];
        if (metadata.Count > MostKeys)
        {
            throw StripeError.Invalid($"Metadata can only have {MostKeys} keys.", "metadata");
        }

        foreach (var (key, value) in metadata)
        {
            if (key.Length > LongestKey)
            {
                throw StripeError.Invalid($"Invalid metadata key: must be at most {LongestKey} characters.", "metadata");
            }

            if (value.Length > LongestValue)
            {
                throw StripeError.Invalid($"Invalid metadata[{key}]: must be at most {LongestValue} characters.", $"metadata[{key}]");
            }
        }

        return metadata;
    }

    /// <summary>As <c>created=1</c> or <c>created[gte]=1</c>.</summary>
    public Func<long, bool> Range(string name)
    {
        if (Within(name) is not { } range)
        {
            return Number(name) is { } exactly ? n => n == exactly : _ => true;
        }

        var (gt, gte, lt, lte) = (range.Number("gt"), range.Number("gte"), range.Number("lt"), range.Number("lte"));
        return n => !(n <= gt) && !(n < gte) && !(n >= lt) && !(n > lte);
    }
}
