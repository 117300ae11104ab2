using System.Globalization;
using Marketplace.Domain;

namespace Marketplace.Documents.Sheets;

/// <summary>A table to be saved, for spreadsheet programs, whose rows come page by page and are not kept.</summary>
/// <param name="Name">Of the sheet: ours, at most 28 characters, none of <c>[]:*?/\</c>.</param>
/// <param name="Header">Names of the columns; empty: it has none.</param>
/// <param name="Pages">Read once. What a page throws breaks the file off.</param>
public sealed record WorkbookSheet(string Name, IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<IReadOnlyList<WorkbookCell>>> Pages)
{
    /// <summary>A table that is there as a whole.</summary>
    public WorkbookSheet(string name, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<WorkbookCell>> rows)
        : this(name, header, new[] { rows }.ToAsyncEnumerable())
    {
    }
}

/// <summary>One cell, of a kind that programs can reckon with.</summary>
public abstract record WorkbookCell
{
    public static readonly WorkbookCell Blank = new TextCell("");

    private WorkbookCell() { }

    /// <summary>The same for a file that knows text only.</summary>
    public abstract string Plain { get; }

    public static WorkbookCell Of(string? text) => string.IsNullOrEmpty(text) ? Blank : new TextCell(text);

    public static WorkbookCell Of(DateOnly? day) => day is { } known ? new DayCell(known) : Blank;

    /// <summary>An instant, with the offset that it has.</summary>
    public static WorkbookCell Of(DateTimeOffset? instant) => instant is { } known ? new InstantCell(known) : Blank;

    public static WorkbookCell Of(Money amount) => new AmountCell(amount);

    public static WorkbookCell Of(long amountMinor, Currency currency) => Of(new Money(amountMinor, currency));

    /// <summary>How many, or which.</summary>
    public static WorkbookCell Number(long? number) => number is { } known ? new NumberCell(known) : Blank;

    /// <summary>Always text, however much it looks like a formula.</summary>
    internal sealed record TextCell(string Text) : WorkbookCell
    {
        public override string Plain => Text;
    }

    internal sealed record DayCell(DateOnly Day) : WorkbookCell
    {
        public override string Plain => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    internal sealed record InstantCell(DateTimeOffset Instant) : WorkbookCell
    {
        public override string Plain => Instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);
    }

    internal sealed record NumberCell(long Value) : WorkbookCell
    {
        public override string Plain => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Exact: written by its digits, never through a binary fraction.</summary>
    internal sealed record AmountCell(Money Amount) : WorkbookCell
    {
        public override string Plain => Amount.ToDecimal();
    }
}
