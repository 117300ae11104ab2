using System.Globalization;
using System.Text.Json.Nodes;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>Stripe's form encoding: <c>a[b][0]=c</c> and <c>a[]=c</c> nest. Every leaf is a string.</summary>
internal static class FormBody
{
    public static JsonObject Parse(string text)
    {
        var root = new JsonObject();
        foreach (var pair in text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Put(root, Path(Decode(parts[0])), Decode(parts.Length > 1 ? parts[1] : ""));
        }

        return (JsonObject)ListsAsArrays(root);
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string[] Path(string name) => name.Replace("]", "").Split('[');

    private static void Put(JsonObject into, string[] path, string value)
    {
        foreach (var step in path[..^1])
        {
            if (into[Key(into, step)] is not JsonObject next)
            {
                into[Key(into, step)] = next = [];
            }

            into = next;
        }

        into[Key(into, path[^1])] = value;
    }

    private static string Key(JsonObject into, string step) => step.Length > 0 ? step : into.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>An object whose names are 0, 1, 2 … is a list.</summary>
    private static JsonNode ListsAsArrays(JsonNode node)
    {
        if (node is not JsonObject fields)
        {
            return node.DeepClone();
        }

        var children = fields.Select(f => (f.Key, Value: ListsAsArrays(f.Value!))).ToList();
        return children.Count > 0 && children.Select((c, i) => c.Key == i.ToString(CultureInfo.InvariantCulture)).All(b => b)
            ? new JsonArray([.. children.Select(c => c.Value)])
            : new JsonObject(children.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)));
    }
}
