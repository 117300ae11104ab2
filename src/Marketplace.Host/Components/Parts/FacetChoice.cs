using Marketplace.Application.Catalog;
using Marketplace.Domain;

namespace Marketplace.Host.Components.Parts;

/// <summary>A box of a facet.</summary>
/// <param name="Value">As in the address.</param>
/// <param name="Count">Null while nobody has counted.</param>
public sealed record FacetChoice(string Value, BilingualText Name, CatalogCount? Count, bool IsChosen);

/// <summary>A facet of the catalog: its choices, any number of which may be ticked.</summary>
/// <param name="Key">Of its values in the address.</param>
public sealed record FacetChoices(string Key, BilingualText Name, IReadOnlyList<FacetChoice> Choices)
{
    /// <param name="counts">Null while nobody has counted: then all of <paramref name="known"/> can be chosen.</param>
    /// <param name="byCount">The largest first; else in the order of the values.</param>
    public static FacetChoices Of<T>(
        string key, BilingualText name, IReadOnlyList<T> chosen, IReadOnlyList<ChoiceCount<T>>? counts, IEnumerable<T> known, Func<T, BilingualText> nameOf, bool byCount = false)
    {
        var all = counts?.Select(c => (c.Value, Count: (CatalogCount?)c.Count)) ?? known.Union(chosen).Select(v => (Value: v, Count: (CatalogCount?)null));
        var choices = all.Select(c => new FacetChoice($"{c.Value}", nameOf(c.Value), c.Count, chosen.Contains(c.Value)));
        return new FacetChoices(key, name, [.. byCount ? choices.OrderByDescending(c => c.IsChosen).ThenByDescending(c => c.Count?.Number) : choices]);
    }
}
