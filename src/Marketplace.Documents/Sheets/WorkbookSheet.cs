using System.Globalization;

namespace Marketplace.Documents.Sheets;

/// <summary>A table to be saved, for spreadsheet programs.</summary>
/// <param name="Name">Of the sheet: ours, at most 31 characters, none of <c>[]:*?/\</c>.</param>
/// <param name="Header">Names of the columns; empty: it has none.</param>
public sealed record WorkbookSheet(string Name, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<WorkbookCell>> Rows);

/// <summary>One cell, of a kind that programs can reckon with.</summary>
public abstract record WorkbookCell
{
    public static readonly WorkbookCell Blank = new TextCell("");

    private WorkbookCell() { }

    /// <summary>The same for a file that knows text only.</summary>
    public abstract string Plain { get; }

    public static WorkbookCell Of(string? text) => string.IsNullOrEmpty(text) ? Blank : new TextCell(text);

    public static WorkbookCell Of(DateOnly day) => new DayCell(day);

    public static WorkbookCell Of(long amountMinor, Domain.Currency currency) => new AmountCell(new Domain.Money(amountMinor, currency));

    /// <summary>Always text, however much it looks like a formula.</summary>
    internal sealed record TextCell(string Text) : WorkbookCell
    {
        public override string Plain => Text;
    }

    internal sealed record DayCell(DateOnly Day) : WorkbookCell
    {
        public override string Plain => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Exact: written by its digits, never through a binary fraction.</summary>
    internal sealed record AmountCell(Domain.Money Amount) : WorkbookCell
    {
        public override string Plain => Amount.ToDecimal();
    }
}
