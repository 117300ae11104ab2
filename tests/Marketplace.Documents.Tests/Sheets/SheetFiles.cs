using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Marketplace.Documents.Sheets;

namespace Marketplace.Documents.Tests.Sheets;

/// <summary>Files of sheets in memory, and what other programs read in them.</summary>
internal static class SheetFiles
{
    public static async Task<byte[]> Xlsx(params WorkbookSheet[] sheets)
    {
        using var bytes = new MemoryStream();
        await XlsxWorkbook.Write(bytes, sheets);
        return bytes.ToArray();
    }

    public static async Task<byte[]> Csv(WorkbookSheet sheet)
    {
        using var bytes = new MemoryStream();
        await CsvSheet.Write(bytes, sheet);
        return bytes.ToArray();
    }

    /// <summary>As CsvHelper reads them: every cell of every row.</summary>
    public static string[][] ReadCsv(byte[] file)
    {
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), file[..3]);
        using var parser = new CsvParser(new StreamReader(new MemoryStream(file)), new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, IgnoreBlankLines = false });
        var rows = new List<string[]>();
        while (parser.Read())
        {
            rows.Add(parser.Record!);
        }

        return [.. rows];
    }

    /// <summary>The cells of each sheet, row by row, as the SDK reads them.</summary>
    public static (string Name, Cell[][] Rows)[] ReadXlsx(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var workbook = document.WorkbookPart!;
        return
        [
            .. workbook.Workbook!.Descendants<Sheet>().Select(sheet => (
                sheet.Name!.Value!,
                ((WorksheetPart)workbook.GetPartById(sheet.Id!.Value!)).Worksheet!.Descendants<Row>().Select(r => r.Elements<Cell>().ToArray()).ToArray())),
        ];
    }
}
