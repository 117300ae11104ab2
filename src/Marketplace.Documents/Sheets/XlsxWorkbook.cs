using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Spreadsheet;
using Marketplace.Application;

namespace Marketplace.Documents.Sheets;

/// <summary>
/// Writes workbooks (ECMA-376) forward, page by page: amounts are numbers with the decimals of their currency, dates are dates, and there is no
/// formula. The package is written by hand, since the SDK's holds all of it in memory; what stands once in it is the SDK's.
/// </summary>
public static class XlsxWorkbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What a sheet can hold, its header included (Excel's own limit).</summary>
    public const int MostRows = 1_048_576;

    // Styles by place in the stylesheet: general, amounts with 0 to 4 decimals, dates, instants, names of columns.
    internal const int AmountStyle = 1;
    internal const int DateStyle = 6;
    internal const int InstantStyle = 7;
    internal const int HeaderStyle = 8;

    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const uint FirstNumberFormat = 164; // those before are built in

    private static readonly string[] NumberFormats =
        ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm:ss\"+08:00\""];

    /// <summary>One sheet after the other; one with more rows than a sheet can hold goes on in further ones.</summary>
    /// <param name="to">Left open. Broken off, and no workbook, where a page throws.</param>
    /// <param name="mostRows">At least 2.</param>
    public static async Task Write(Stream to, IReadOnlyList<WorkbookSheet> sheets, CancellationToken cancel = default, int mostRows = MostRows)
    {
        // Not disposed of in every case: what broke off must not be closed as if it were whole.
        var steady = new UnblockingStream(to);
        var package = await ZipArchive.CreateAsync(steady, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        var names = new List<string>();
        foreach (var sheet in sheets)
        {
            await WriteSheets(package, names, sheet, mostRows, cancel);
        }

        await Put(package, "xl/styles.xml", Styles().OuterXml, cancel);
        foreach (var (name, text) in Frame(names))
        {
            await Put(package, name, text, cancel);
        }

        await package.DisposeAsync();
        await steady.FlushAsync(cancel);
    }

    private static async Task WriteSheets(ZipArchive package, List<string> names, WorkbookSheet sheet, int mostRows, CancellationToken cancel)
    {
        SheetPart? part = null;
        var parts = 0;
        async Task<SheetPart> Next(IReadOnlyList<IReadOnlyList<WorkbookCell>> page)
        {
            names.Add(++parts == 1 ? sheet.Name : $"{sheet.Name} {parts.ToString(CultureInfo.InvariantCulture)}");
            return await SheetPart.Begin(package.CreateEntry(PathOf(names.Count), CompressionLevel.Fastest), sheet.Header, page, cancel);
        }

        await foreach (var page in sheet.Pages.WithCancellation(cancel))
        {
            foreach (var row in page)
            {
                if (part?.Rows == mostRows)
                {
                    await part.End(cancel);
                    part = null;
                }

                part ??= await Next(page);
                await part.Write(row, cancel);
            }

            if (part is not null)
            {
                await part.Pass(cancel);
            }
        }

        part ??= await Next([]);
        await part.End(cancel);
    }

    private static string PathOf(int number) => $"xl/worksheets/sheet{number.ToString(CultureInfo.InvariantCulture)}.xml";

    /// <summary>What says where everything is.</summary>
    private static IEnumerable<(string Name, string Text)> Frame(IReadOnlyList<string> names)
    {
        var workbook = new Workbook(new BookViews(new WorkbookView()), new DocumentFormat.OpenXml.Spreadsheet.Sheets(
            names.Select((name, i) => new Sheet { Name = name, SheetId = (uint)i + 1, Id = $"sheet{(i + 1).ToString(CultureInfo.InvariantCulture)}" })));
        yield return ("xl/workbook.xml", workbook.OuterXml);
        yield return ("xl/_rels/workbook.xml.rels", Relations(
            [.. names.Select((_, i) => ($"sheet{(i + 1).ToString(CultureInfo.InvariantCulture)}", "worksheet", PathOf(i + 1)["xl/".Length..])), ("styles", "styles", "styles.xml")]));
        yield return ("_rels/.rels", Relations(("workbook", "officeDocument", "xl/workbook.xml")));
        var parts = names.Select((_, i) => ("/" + PathOf(i + 1), "worksheet")).Append(("/xl/workbook.xml", "sheet.main")).Append(("/xl/styles.xml", "styles"));
        yield return ("[Content_Types].xml",
            $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{string.Concat(parts.Select(p => $"""<Override PartName="{p.Item1}" ContentType="{Content}.{p.Item2}+xml"/>"""))}</Types>""");
    }

    private static string Relations(params (string Id, string Type, string Target)[] relations) =>
        $"""<Relationships xmlns="{Package}/relationships">{string.Concat(relations.Select(r => $"""<Relationship Id="{r.Id}" Type="{Office}/{r.Type}" Target="{r.Target}"/>"""))}</Relationships>""";

    private static async Task Put(ZipArchive package, string name, string xml, CancellationToken cancel)
    {
        await using var part = await package.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancel);
        await part.WriteAsync(Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="utf-8"?>{xml}"""), cancel);
    }

    private static Stylesheet Styles()
    {
        var formats = new NumberingFormats();
        var cells = new CellFormats(new CellFormat());
        foreach (var (code, i) in NumberFormats.Select((code, i) => (code, (uint)i)))
        {
            formats.Append(new NumberingFormat { NumberFormatId = FirstNumberFormat + i, FormatCode = code });
            cells.Append(new CellFormat { NumberFormatId = FirstNumberFormat + i, ApplyNumberFormat = true });
        }

        cells.Append(new CellFormat { FontId = 1, ApplyFont = true });
        return new Stylesheet(
            formats,
            new Fonts(new Font(), new Font(new Bold())),
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            cells);
    }
}
