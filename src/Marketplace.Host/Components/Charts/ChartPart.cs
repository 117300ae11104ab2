using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Host.Components.Charts;

/// <summary>
/// A chart: drawn by the server, named and described for those who do not see it, with the same numbers in a table below. Series are told apart by
/// their lines and fillings too, never by colour alone.
/// </summary>
public abstract class ChartPart : MarketplacePart
{
    /// <summary>Unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>What the chart shows, in one or two sentences with the numbers that matter.</summary>
    [Parameter, EditorRequired]
    public string Description { get; set; } = "";

    /// <summary>How a value is written: money, or a count.</summary>
    [Parameter, EditorRequired]
    public Func<long, string> Write { get; set; } = null!;

    /// <summary>Razor keeps the element of this name for itself.</summary>
    protected static MarkupString Written(string kind, double x, double y, string text) =>
        new($"<text class=\"{kind}\" x=\"{Unit(x)}\" y=\"{Unit(y)}\">{WebUtility.HtmlEncode(text)}</text>");

    /// <summary>A position, as a drawing writes it.</summary>
    protected static string Unit(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <param name="Name">As the key and the table say it.</param>
/// <param name="Values">One for each group, in their order.</param>
public sealed record ColumnSeries(string Name, IReadOnlyList<long> Values);

/// <param name="Link">Where the number comes from; null: nowhere else.</param>
public sealed record Bar(string Label, long Value, string? Link = null, string? Note = null);

/// <summary>A course of values. Each holds until the next, or is led to it by a straight line.</summary>
/// <param name="Points">By day.</param>
public sealed record DaySeries(string Name, IReadOnlyList<(DateOnly Day, long Value)> Points, bool IsStraight = false);
