using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Host.Components;

namespace Marketplace.Host.Exports;

/// <param name="Cell">Of the kind that programs can reckon with: amounts, days, instants, numbers, text.</param>
public sealed record TableColumn<TRow>(BilingualText Heading, Func<Reader, TRow, WorkbookCell> Cell);

/// <summary>What a table looks like in a file, of whichever format, and wherever its rows come from.</summary>
/// <param name="Name">Of the file, in ASCII: <c>sums-owed</c>.</param>
/// <param name="Title">Of the sheet and, for readers, of the file: at most 28 characters, no punctuation.</param>
public sealed record TableShape<TRow>(string Name, BilingualText Title, IReadOnlyList<TableColumn<TRow>> Columns)
{
    public WorkbookSheet Sheet(Reader reader, IAsyncEnumerable<IReadOnlyList<TRow>> pages) => new(
        reader.T(Title), [.. Columns.Select(c => reader.T(c.Heading))],
        pages.Select(IReadOnlyList<IReadOnlyList<WorkbookCell>> (page) => [.. page.Select(IReadOnlyList<WorkbookCell> (row) => [.. Columns.Select(c => c.Cell(reader, row))])]));
}

/// <summary>Columns of each kind, for rows of one type.</summary>
public sealed class ColumnsOf<TRow>
{
    public TableColumn<TRow> Text(string zh, string en, Func<Reader, TRow, string?> text) => new(new(zh, en), (reader, row) => WorkbookCell.Of(text(reader, row)));

    public TableColumn<TRow> Text(string zh, string en, Func<TRow, string?> text) => Text(zh, en, (_, row) => text(row));

    public TableColumn<TRow> Text(string zh, string en, Func<TRow, BilingualText> text) => Text(zh, en, (reader, row) => reader.T(text(row)));

    public TableColumn<TRow> Day(string zh, string en, Func<TRow, DateOnly?> day) => new(new(zh, en), (_, row) => WorkbookCell.Of(day(row)));

    /// <summary>Local to Tianjin, with the offset.</summary>
    public TableColumn<TRow> Instant(string zh, string en, Func<TRow, DateTimeOffset?> utc) =>
        new(new(zh, en), (_, row) => WorkbookCell.Of(utc(row) is { } known ? LocalTime.At(known) : null));

    public TableColumn<TRow> Number(string zh, string en, Func<TRow, long?> number) => new(new(zh, en), (_, row) => WorkbookCell.Number(number(row)));

    public TableColumn<TRow> Amount(string zh, string en, Func<TRow, Money?> amount) =>
        new(new(zh, en), (_, row) => amount(row) is { } known ? WorkbookCell.Of(known) : WorkbookCell.Blank);

    /// <summary>In a currency that the row names by its code.</summary>
    public TableColumn<TRow> Amount(string zh, string en, Func<TRow, string> currency, Func<TRow, long> amountMinor) =>
        new(new(zh, en), (_, row) => WorkbookCell.Of(amountMinor(row), Domain.Currency.Parse(currency(row)).Value));

    public TableColumn<TRow> Currency(Func<TRow, string?> code) => Text("币种", "Currency", code);

    public TableColumn<TRow> YesNo(string zh, string en, Func<TRow, bool> isSo) => Text(zh, en, (reader, row) => isSo(row) ? reader.T("是", "Yes") : reader.T("否", "No"));
}
