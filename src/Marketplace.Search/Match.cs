using Marketplace.Application.Catalog;
using Marketplace.Domain;

namespace Marketplace.Search;

/// <summary>What a reader asks, as expressions of FTS5. They are made of tokens of ours and nothing else.</summary>
internal sealed class Match
{
    private readonly string?[] parts;

    private Match(CatalogFilter filter)
    {
        Words = filter.Text is { } text ? WordExpression.Of(text) : null;
        IsNothing = filter.Text is not null && Words is null;
        NeedsWords = Words is not null || filter.Lab is not null;
        parts =
        [
            .. FacetValues.Chosen(filter).Select(chosen => chosen.Length == 0 ? null : $"({string.Join(" OR ", chosen.Select(v => $"\"{FacetValues.Token(v)}\""))})"),
            filter.Lab is { } lab ? $"\"{FacetValues.LabToken(lab.Value)}\"" : null,
        ];
    }

    public static Match Of(CatalogFilter filter) => new(filter);

    /// <summary>Something was typed, and no word is in it: nothing has that in it.</summary>
    public bool IsNothing { get; }

    /// <summary>Of the text alone; null without one.</summary>
    public string? Words { get; }

    /// <summary>Bits of facets do not tell all that is asked.</summary>
    public bool NeedsWords { get; }

    /// <summary>Null: everything fits.</summary>
    public string? All => Without(null);

    /// <summary>The title says all of the text.</summary>
    public string Titles => Joined([$"title : ({Words})", .. parts])!;

    public string BelowTitles => $"({All}) NOT (title : ({Words}))";

    /// <summary>Whatever is chosen of one facet. Null: everything fits.</summary>
    public string? Without(Facet? facet) => Joined([Words is null ? null : $"({Words})", .. parts.Where((_, i) => i != (int?)facet)]);

    private static string? Joined(IEnumerable<string?> expressions)
    {
        string[] some = [.. expressions.OfType<string>()];
        return some.Length == 0 ? null : string.Join(" AND ", some);
    }
}
