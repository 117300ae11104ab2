using System.Globalization;
using System.Text.Json;

namespace Marketplace.Application.Records;

/// <summary>A value of a state that is not what it was.</summary>
/// <param name="Place">Names and numbers on the way to it: <c>obligations/0/paidMinor</c>.</param>
/// <param name="Before">As in JSON; null: it was not there.</param>
/// <param name="After">As in JSON; null: it is there no more.</param>
public sealed record StateChange(string Place, string? Before, string? After)
{
    /// <summary>Every single value in which two states differ, by its place.</summary>
    public static IReadOnlyList<StateChange> Between(string before, string after)
    {
        var (was, now) = (Values(before), Values(after));
        return
        [
            .. was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
                .Select(place => new StateChange(place, was.GetValueOrDefault(place), now.GetValueOrDefault(place)))
                .Where(change => change.Before != change.After),
        ];
    }

    private static Dictionary<string, string> Values(string json)
    {
        using var document = JsonDocument.Parse(json);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(document.RootElement, "", values);
        return values;
    }

    private static void Add(JsonElement element, string place, Dictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                foreach (var member in element.EnumerateObject())
                {
                    Add(member.Value, place.Length == 0 ? member.Name : $"{place}/{member.Name}", values);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Add(item, string.Create(CultureInfo.InvariantCulture, $"{place}/{index}"), values);
                }

                break;
            default:
                values[place] = element.GetRawText();
                break;
        }
    }
}
