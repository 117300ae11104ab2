using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Marketplace.Documents.Sheets;

/// <summary>One sheet of a workbook while it is written: rows gather in memory and are passed on piece by piece.</summary>
internal sealed class SheetPart
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int PieceBytes = 64 * 1024;
    private const int MostCharacters = 32_767; // in a cell
    private const int NarrowestColumn = 8;
    private const int WidestColumn = 60;

    /// <summary>Day 0 of a workbook, as it counts after February 1900.</summary>
    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The one offset that instants are shown in, and that their number format says.</summary>
    private static readonly TimeSpan LocalOffset = TimeSpan.FromHours(8);

    private readonly Stream part;
    private readonly MemoryStream piece = new();
    private readonly XmlWriter xml;

    private SheetPart(Stream part)
    {
        this.part = part;
        xml = XmlWriter.Create(piece, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
    }

    /// <summary>Written so far, the header included.</summary>
    public int Rows { get; private set; }

    /// <param name="first">Rows by which columns get their widths.</param>
    public static async Task<SheetPart> Begin(ZipArchiveEntry entry, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<WorkbookCell>> first, CancellationToken cancel)
    {
        var sheet = new SheetPart(await entry.OpenAsync(cancel));
        sheet.Head(header, Widths(header, first));
        return sheet;
    }

    public async Task Write(IReadOnlyList<WorkbookCell> row, CancellationToken cancel)
    {
        WriteRow(row, WriteCell);
        if (piece.Length >= PieceBytes)
        {
            await Pass(cancel, isToArrive: false);
        }
    }

    /// <param name="isToArrive">Whoever reads the file gets it now, however little it is.</param>
    public async Task Pass(CancellationToken cancel, bool isToArrive = true)
    {
        await xml.FlushAsync();
        await part.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), cancel);
        piece.SetLength(0);
        if (isToArrive)
        {
            await part.FlushAsync(cancel);
        }
    }

    public async Task End(CancellationToken cancel)
    {
        xml.WriteEndDocument();
        await Pass(cancel);
        await xml.DisposeAsync();
        await part.DisposeAsync();
    }

    private void Head(IReadOnlyList<string> header, int[] widths)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("worksheet", Main);
        if (header.Count > 0)
        {
            xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        }

        if (widths.Length > 0)
        {
            xml.WriteStartElement("cols");
            foreach (var (width, i) in widths.Select((width, i) => (width, i + 1)))
            {
                xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""<col min="{i}" max="{i}" width="{width}" customWidth="1"/>"""));
            }

            xml.WriteEndElement();
        }

        xml.WriteStartElement("sheetData");
        if (header.Count > 0)
        {
            WriteRow(header, (place, name) => WriteText(place, name, XlsxWorkbook.HeaderStyle));
        }
    }

    private void WriteRow<T>(IReadOnlyList<T> cells, Action<string, T> write)
    {
        var number = (++Rows).ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", number);
        for (var i = 0; i < cells.Count; i++)
        {
            write(ColumnName(i) + number, cells[i]); // each cell says where it stands: not every program counts those that are empty
        }

        xml.WriteEndElement();
    }

    private void WriteCell(string place, WorkbookCell cell)
    {
        switch (cell)
        {
            case WorkbookCell.AmountCell amount:
                WriteNumber(place, amount.Plain, XlsxWorkbook.AmountStyle + amount.Amount.Currency.Exponent);
                break;
            case WorkbookCell.NumberCell number:
                WriteNumber(place, number.Plain, 0);
                break;
            case WorkbookCell.DayCell day:
                WriteNumber(place, Serial(day.Day.ToDateTime(TimeOnly.MinValue)), XlsxWorkbook.DateStyle);
                break;
            case WorkbookCell.InstantCell instant when instant.Instant.Offset == LocalOffset:
                WriteNumber(place, Serial(instant.Instant.DateTime), XlsxWorkbook.InstantStyle);
                break;
            default:
                WriteText(place, cell.Plain, 0);
                break;
        }
    }

    /// <summary>Days since <see cref="Zero"/>, to a tenth of a millisecond and never through a binary fraction.</summary>
    private static string Serial(DateTime local) => Math.Round((local - Zero).Ticks / (decimal)TimeSpan.TicksPerDay, 9).ToString("0.#########", CultureInfo.InvariantCulture);

    private void WriteNumber(string place, string digits, int style)
    {
        StartCell(place, style);
        xml.WriteElementString("v", digits);
        xml.WriteEndElement();
    }

    private void WriteText(string place, string text, int style)
    {
        StartCell(place, style);
        if (text.Length > 0)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteStartElement("t");
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(Writable(text));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void StartCell(string place, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", place);
        if (style > 0)
        {
            xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>0: A, 25: Z, 26: AA.</summary>
    private static string ColumnName(int place) => (place < 26 ? "" : ColumnName((place / 26) - 1)) + (char)('A' + (place % 26));

    /// <summary>Without what XML cannot hold.</summary>
    private static string Writable(string text)
    {
        if (text.Length <= MostCharacters && !text.Any(c => c is < ' ' or > '\uFFFD' || char.IsSurrogate(c)))
        {
            return text;
        }

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
    private static int[] Widths(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<WorkbookCell>> rows)
    {
        var widths = Enumerable.Repeat(NarrowestColumn, rows.Select(r => r.Count).Append(header.Count).Max()).ToArray();
        foreach (var row in rows.Select(r => r.Select(c => c.Plain)).Prepend(header))
        {
            foreach (var (text, i) in row.Select((text, i) => (text, i)))
            {
                widths[i] = Math.Min(WidestColumn, Math.Max(widths[i], text.Sum(c => char.IsAscii(c) ? 1 : 2) + 3));
            }
        }

        return widths;
    }
}
