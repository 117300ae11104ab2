using System.Text;
using Marketplace.Application;

namespace Marketplace.Documents.Sheets;

/// <summary>Writes one table as text for spreadsheet programs, as <see cref="Csv"/> does, page by page. Numbers are no text: a negative one stays a number.</summary>
public static class CsvSheet
{
    public const string MediaType = "text/csv";

    /// <summary>Passes each page on before it reads the next.</summary>
    /// <param name="to">Left open. Broken off where a page throws.</param>
    public static async Task Write(Stream to, WorkbookSheet sheet, CancellationToken cancel = default)
    {
        await to.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancel);
        var text = new StringBuilder();
        if (sheet.Header.Count > 0)
        {
            text.AppendRow(sheet.Header.Select(Csv.Cell));
        }

        await foreach (var page in sheet.Pages.WithCancellation(cancel))
        {
            foreach (var row in page)
            {
                text.AppendRow(row.Select(c => c is WorkbookCell.TextCell ? Csv.Cell(c.Plain) : c.Plain));
            }

            await Pass(text, to, cancel);
        }

        await Pass(text, to, cancel);
    }

    private static async Task Pass(StringBuilder text, Stream to, CancellationToken cancel)
    {
        await to.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
        await to.FlushAsync(cancel);
        text.Clear();
    }
}
