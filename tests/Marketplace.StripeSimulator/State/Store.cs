using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.State;

internal interface IStore
{
    StripeObject? Find(string id);
}

/// <summary>All resources of one kind, in the order in which they were made.</summary>
/// <param name="kind">As errors call it.</param>
internal sealed class Store<T>(string kind) : IStore
    where T : StripeObject
{
    private const int MostOnAPage = 100;

    private readonly List<T> all = [];
    private readonly Dictionary<string, int> places = [];

    public IReadOnlyList<T> All => all;

    public T Add(T made)
    {
        places.Add(made.Id, all.Count);
        all.Add(made);
        return made;
    }

    public StripeObject? Find(string id) => places.TryGetValue(id, out var place) ? all[place] : null;

    /// <param name="param">What names it; <c>id</c> stands for the path.</param>
    public T Get(string id, string param = "id") => (T?)Find(id) ?? throw StripeError.NoSuch(kind, id, param);

    /// <summary>A page, newest first, by limit, starting_after, ending_before, created and a filter.</summary>
    public JsonObject Page(Call call, Func<T, bool>? where = null)
    {
        var parameters = call.Parameters;
        var limit = (int)(parameters.Number("limit") ?? 10);
        if (limit is < 1 or > MostOnAPage)
        {
            throw StripeError.Invalid($"This value must be {(limit < 1 ? "greater than or equal to 1" : $"less than or equal to {MostOnAPage}")}.", "limit", "parameter_invalid_integer");
        }

        var created = parameters.Range("created");
        bool Fits(T item) => created(item.MadeAt) && (where is null || where(item));

        List<T> found;
        if (parameters.Text("ending_before") is { } before)
        {
            found = [.. Enumerable.Range(Place(before, "ending_before") + 1, all.Count - Place(before, "ending_before") - 1).Select(i => all[i]).Where(Fits).Take(limit + 1)];
            var more = found.Count > limit;
            return List(call.Path, found.Take(limit).Reverse(), more);
        }

        var start = parameters.Text("starting_after") is { } after ? Place(after, "starting_after") - 1 : all.Count - 1;
        found = [];
        for (var i = start; i >= 0 && found.Count <= limit; i--)
        {
            if (Fits(all[i]))
            {
                found.Add(all[i]);
            }
        }

        return List(call.Path, found.Take(limit), found.Count > limit);
    }

    private int Place(string id, string param) => places.TryGetValue(id, out var place) ? place : throw StripeError.NoSuch(kind, id, param);

    private static JsonObject List(string url, IEnumerable<T> data, bool more) => StripeList.Of(url, data, more);
}

internal static class StripeList
{
    public static JsonObject Of(string url, IEnumerable<StripeObject> data, bool more = false) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. data.Select(d => d.ToJson())]),
        ["has_more"] = more,
        ["url"] = url,
    };
}
