using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Marketplace.Documents.Sheets;

/// <summary>Writes workbooks (ECMA-376): amounts are numbers with the decimals of their currency, dates are dates, and there is no formula.</summary>
public static class XlsxWorkbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int MostCharacters = 32_767; // in a cell
    private const int NarrowestColumn = 8;
    private const int WidestColumn = 60;

    /// <summary>Day 0 of a workbook, as it counts after February 1900.</summary>
    private static readonly DateOnly Zero = new(1899, 12, 30);

    // Styles by place in the stylesheet: general, amounts with 0 to 4 decimals, dates, names of columns.
    private const uint AmountStyle = 1;
    private const uint DateStyle = 6;
    private const uint HeaderStyle = 7;
    private const uint FirstNumberFormat = 164; // those before are built in

    private static readonly string[] NumberFormats = ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000", "yyyy\\-mm\\-dd"];

    public static byte[] Write(params IReadOnlyList<WorkbookSheet> sheets)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var names = new DocumentFormat.OpenXml.Spreadsheet.Sheets();
            foreach (var (sheet, number) in sheets.Select((s, i) => (s, (uint)i + 1)))
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                Write(part, sheet);
                names.Append(new Sheet { Name = sheet.Name, SheetId = number, Id = workbook.GetIdOfPart(part) });
            }

            workbook.Workbook = new Workbook(new BookViews(new WorkbookView()), names);
        }

        return bytes.ToArray();
    }

    private static void Write(WorksheetPart part, WorkbookSheet sheet)
    {
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        if (sheet.Header.Count > 0)
        {
            xml.WriteElement(new SheetViews(new SheetView(
                new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0u }));
        }

        if (Widths(sheet) is { Length: > 0 } widths)
        {
            xml.WriteElement(new Columns(widths.Select((width, i) => new DocumentFormat.OpenXml.Spreadsheet.Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })));
        }

        xml.WriteStartElement(new SheetData());
        var number = 0u;
        if (sheet.Header.Count > 0)
        {
            WriteRow(xml, ++number, sheet.Header.Select(name => Text(name, HeaderStyle)));
        }

        foreach (var row in sheet.Rows)
        {
            WriteRow(xml, ++number, row.Select(Cell));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Each cell says where it stands: not every program counts those that are empty.</summary>
    private static void WriteRow(OpenXmlWriter xml, uint number, IEnumerable<Cell> cells)
    {
        xml.WriteStartElement(new Row { RowIndex = number });
        foreach (var (cell, place) in cells.Select((cell, place) => (cell, place)))
        {
            cell.CellReference = ColumnName(place) + number.ToString(CultureInfo.InvariantCulture);
            xml.WriteElement(cell);
        }

        xml.WriteEndElement();
    }

    /// <summary>0: A, 25: Z, 26: AA.</summary>
    private static string ColumnName(int place) => (place < 26 ? "" : ColumnName((place / 26) - 1)) + (char)('A' + (place % 26));

    private static Cell Cell(WorkbookCell cell) => cell switch
    {
        WorkbookCell.AmountCell amount => Number(amount.Plain, AmountStyle + (uint)amount.Amount.Currency.Exponent),
        WorkbookCell.DayCell day => Number((day.Day.DayNumber - Zero.DayNumber).ToString(CultureInfo.InvariantCulture), DateStyle),
        { Plain.Length: 0 } => new Cell(),
        _ => Text(cell.Plain, 0),
    };

    private static Cell Number(string digits, uint style) => new() { CellValue = new CellValue(digits), StyleIndex = style };

    private static Cell Text(string text, uint style) => new()
    {
        DataType = CellValues.InlineString,
        StyleIndex = style,
        InlineString = new InlineString(new Text(Writable(text)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    /// <summary>Without what XML cannot hold.</summary>
    private static string Writable(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            kept.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        if (kept.Length <= MostCharacters)
        {
            return kept.ToString();
        }

        const int End = MostCharacters - 1;
        return kept.ToString(0, char.IsHighSurrogate(kept[End - 1]) ? End - 1 : End) + "…";
    }

    /// <summary>As wide as what stands in a column; a Chinese character takes the room of two others.</summary>
    private static double[] Widths(WorkbookSheet sheet)
    {
        var columns = sheet.Rows.Select(r => r.Count).Append(sheet.Header.Count).Max();
        var widths = Enumerable.Repeat(NarrowestColumn, columns).ToArray();
        foreach (var row in sheet.Rows.Select(r => r.Select(c => c.Plain)).Prepend(sheet.Header))
        {
            foreach (var (text, i) in row.Select((text, i) => (text, i)))
            {
                widths[i] = Math.Min(WidestColumn, Math.Max(widths[i], text.Sum(c => char.IsAscii(c) ? 1 : 2) + 3));
            }
        }

        return [.. widths.Select(w => (double)w)];
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
