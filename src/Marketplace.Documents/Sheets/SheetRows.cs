using Marketplace.Domain.Agreements;

namespace Marketplace.Documents.Sheets;

/// <summary>The rows that are not blank, as many as may be.</summary>
internal sealed class SheetRows
{
    private readonly List<SheetRow> rows = [];

    public IReadOnlyList<SheetRow> Rows => rows;

    public void Add(int number, IReadOnlyList<SheetCell> cells)
    {
        if (cells.All(c => c.IsBlank))
        {
            return;
        }

        if (rows.Count > SalesSheet.MaxRows) // and the names of the columns
        {
            throw SheetRefusedException.TooManyRows;
        }

        if (cells.Skip(SalesSheet.MaxColumns).Any(c => !c.IsBlank))
        {
            throw SheetRefusedException.TooManyColumns;
        }

        rows.Add(new SheetRow(number, [.. cells.Take(SalesSheet.MaxColumns)]));
    }
}
