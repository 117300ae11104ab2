using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Marketplace.Application;
using Marketplace.Domain.Agreements;

namespace Marketplace.Documents.Sheets;

/// <summary>
/// The first sheet of a workbook (ECMA-376), read forward only: no entity is expanded, no formula computed, no number ever becomes a binary
/// fraction, and of the archive only four parts are opened.
/// </summary>
internal static class XlsxTable
{
    private const int SignificantDigits = 15; // of which a workbook keeps more, as noise
    private const int MostColumns = 16_384;

    public static IReadOnlyList<SheetRow> Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file.ToArray(), writable: false), ZipArchiveMode.Read);
            var package = new Package(archive);
            var workbook = Related(package, "_rels/.rels", "", "officeDocument") ?? throw SheetRefusedException.NotReadable;
            var sheet = FirstSheet(package, workbook);
            var strings = Related(package, RelationsOf(workbook), workbook, "sharedStrings") is { } path ? SharedStrings(package, path) : [];
            return Rows(package, sheet, strings);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException or FormatException or OverflowException)
        {
            throw SheetRefusedException.NotReadable;
        }
    }

    private static string FirstSheet(Package package, string workbook)
    {
        using var xml = package.Open(workbook);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
            {
                var id = Attribute(xml, "id");
                return Relations(package, RelationsOf(workbook), workbook).FirstOrDefault(r => r.Id == id && r.Type == "worksheet").Path ?? throw SheetRefusedException.NotReadable;
            }
        }

        throw SheetRefusedException.NotReadable;
    }

    private static List<string> SharedStrings(Package package, string path)
    {
        using var xml = package.Open(path);
        var strings = new List<string>();
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                strings.Add(TextOf(xml));
            }
        }

        return strings;
    }

    private static IReadOnlyList<SheetRow> Rows(Package package, string path, List<string> strings)
    {
        using var xml = package.Open(path);
        var (rows, cells, number) = (new SheetRows(), new List<SheetCell>(), 0);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                rows.Add(number, cells);
                cells = [];
                var next = Attribute(xml, "r") is { } told ? int.Parse(told, NumberStyles.None, CultureInfo.InvariantCulture) : number + 1;
                number = next > number ? next : throw SheetRefusedException.NotReadable;
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                var place = Attribute(xml, "r") is { } told ? PlaceOf(told) : cells.Count;
                if (place < cells.Count || place >= MostColumns)
                {
                    throw SheetRefusedException.NotReadable;
                }

                var cell = Cell(xml, strings);
                if (!cell.IsBlank)
                {
                    if (place >= SalesSheet.MaxColumns)
                    {
                        throw SheetRefusedException.TooManyColumns;
                    }

                    while (cells.Count < place)
                    {
                        cells.Add(new SheetCell(""));
                    }

                    cells.Add(cell);
                }
            }
        }

        rows.Add(number, cells);
        return rows.Rows;
    }

    private static SheetCell Cell(XmlReader xml, List<string> strings)
    {
        var type = Attribute(xml, "t") ?? "n";
        var (value, hasFormula) = ("", false);
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Read() && xml.Depth > depth)
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (xml.LocalName)
                {
                    case "f":
                        hasFormula = true;
                        break;
                    case "v" or "is":
                        value = TextOf(xml);
                        break;
                    default:
                        break;
                }
            }
        }

        return type switch
        {
            "n" when value.Length == 0 => new SheetCell("", hasFormula),
            "n" => new SheetCell(Exact(value)),
            _ when hasFormula || type == "e" => new SheetCell(value, IsResultOfFormula: true),
            "s" => new SheetCell(strings[int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)]),
            _ => new SheetCell(value),
        };
    }

    /// <summary>The decimal number that was typed: a workbook writes 1.1 as 1.1000000000000001. What is none stays as it is, and is refused as a number later.</summary>
    private static string Exact(string value)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value;
        }

        var decimals = SignificantDigits;
        for (var rest = Math.Abs(number); rest >= 1; rest /= 10)
        {
            decimals--;
        }

        for (var rest = Math.Abs(number); rest is > 0 and < 0.1m && decimals < 28; rest *= 10)
        {
            decimals++;
        }

        return (decimals < 0 ? number : decimal.Round(number, decimals)).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    /// <summary>All text inside the element that is open, except how it is pronounced.</summary>
    private static string TextOf(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var (text, depth, reading) = (new StringBuilder(), xml.Depth, xml.LocalName is "v");
        while (xml.Read() && xml.Depth > depth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName is "rPh":
                    SkipOver(xml);
                    break;
                case XmlNodeType.Element:
                    reading = xml.LocalName is "t" && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement:
                    reading = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when reading:
                    text.Append(xml.Value);
                    break;
                default:
                    break;
            }
        }

        return text.ToString();
    }

    private static void SkipOver(XmlReader xml)
    {
        var depth = xml.Depth;
        while (!xml.IsEmptyElement && xml.Read() && xml.Depth > depth)
        {
        }
    }

    /// <summary>B3: 1.</summary>
    private static int PlaceOf(string reference)
    {
        var place = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            place = (place * 26) + (letter - 'A' + 1);
        }

        return place - 1;
    }

    private static string RelationsOf(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        return $"{part[..slash]}_rels/{part[slash..]}.rels";
    }

    private static string? Related(Package package, string relations, string of, string type) => Relations(package, relations, of).FirstOrDefault(r => r.Type == type).Path;

    private static List<(string? Id, string Type, string Path)> Relations(Package package, string relations, string of)
    {
        using var xml = package.Open(relations);
        var found = new List<(string?, string, string)>();
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && Attribute(xml, "TargetMode") != "External"
                && Attribute(xml, "Type") is { } type && Attribute(xml, "Target") is { } target)
            {
                var folder = of[..(of.LastIndexOf('/') + 1)];
                found.Add((Attribute(xml, "Id"), type[(type.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : folder + target));
            }
        }

        return found;
    }

    /// <summary>By its local name: two versions of the standard differ in nothing but their namespaces.</summary>
    private static string? Attribute(XmlReader xml, string localName)
    {
        string? value = null;
        var wantsPrefix = xml.LocalName == "sheet"; // where r:id is not sheetId, and not id either
        for (var has = xml.MoveToFirstAttribute(); has; has = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == localName && (!wantsPrefix || xml.Prefix.Length > 0))
            {
                value = xml.Value;
                break;
            }
        }

        xml.MoveToElement();
        return value;
    }

    /// <summary>Parts of the archive, which together expand to so much and no more, whatever they declare.</summary>
    private sealed class Package(ZipArchive archive)
    {
        private static readonly XmlReaderSettings Careful = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };

        private readonly Allowance left = new(SheetRefusedException.MaxExpandedBytes);

        public XmlReader Open(string part) => XmlReader.Create(
            new LimitedStream((archive.GetEntry(part) ?? throw SheetRefusedException.NotReadable).Open(), left), Careful);
    }

    private sealed class Allowance(long bytes)
    {
        private long bytes = bytes;

        public void Take(int read)
        {
            bytes -= read;
            if (bytes < 0)
            {
                throw SheetRefusedException.TooLarge;
            }
        }
    }

    private sealed class LimitedStream(Stream inner, Allowance left) : ForwardStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            left.Take(read);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
