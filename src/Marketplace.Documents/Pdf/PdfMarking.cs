using System.Globalization;
using System.Text;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.IO;

namespace Marketplace.Documents.Pdf;

/// <summary>
/// Writes a few lines on every page of a PDF: across it, lightly, and once more at its lower edge. In Helvetica, which every reader of PDF has, so that
/// no font is embedded; hence ASCII alone.
/// </summary>
/// <remarks>
/// A PDF can be made so that whoever opens it runs out of stack or memory, which no exception tells of: this runs in a process that may die.
/// </remarks>
public static class PdfMarking
{
    private const string Name = "/MarketplaceMark";
    private const double EdgePoints = 7;
    private const double WidthOfCharacter = 0.55; // of its size: a little more than Helvetica has on average

    /// <param name="pdf">Can seek; stands at its first byte.</param>
    /// <param name="marked">Written when all of it could be marked.</param>
    /// <exception cref="PdfReaderException">It cannot be opened, or asks for a password.</exception>
    /// <exception cref="InvalidDataException">It has no page.</exception>
    public static void Mark(Stream pdf, Stream marked, IReadOnlyList<string> lines)
    {
        using var document = PdfReader.Open(pdf, PdfDocumentOpenMode.Modify);
        if (document.PageCount == 0)
        {
            throw new InvalidDataException("It has no page.");
        }

        var (font, faint) = (Helvetica(document), Faint(document));
        foreach (var page in document.Pages)
        {
            Offer(page, document, "/Font", font);
            Offer(page, document, "/ExtGState", faint);

            // What the page leaves behind, a turned or scaled plane, must not move the mark.
            page.Contents.PrependContent().CreateStream("q\n"u8.ToArray());
            page.Contents.AppendContent().CreateStream(Encoding.ASCII.GetBytes($"\nQ\n{Drawn(BoxOf(page), lines)}"));
        }

        document.Save(marked, closeStream: false);
    }

    private static PdfReference Helvetica(PdfDocument document)
    {
        var font = new PdfDictionary(document);
        font.Elements.SetName("/Type", "/Font");
        font.Elements.SetName("/Subtype", "/Type1");
        font.Elements.SetName("/BaseFont", "/Helvetica");
        font.Elements.SetName("/Encoding", "/WinAnsiEncoding");
        return Added(document, font);
    }

    private static PdfReference Faint(PdfDocument document)
    {
        var state = new PdfDictionary(document);
        state.Elements.SetName("/Type", "/ExtGState");
        state.Elements.SetReal("/ca", 0.22);
        return Added(document, state);
    }

    private static PdfReference Added(PdfDocument document, PdfDictionary dictionary)
    {
        document.Internals.AddObject(dictionary);
        return dictionary.Reference!;
    }

    /// <summary>Names it among the page's resources. Pages that share them share the name too, and it means the same to all.</summary>
    private static void Offer(PdfPage page, PdfDocument document, string kind, PdfReference what)
    {
        var all = Within(page, document, "/Resources");
        Within(all, document, kind).Elements[Name] = what;
    }

    private static PdfDictionary Within(PdfDictionary outer, PdfDocument document, string key)
    {
        if (outer.Elements.GetDictionary(key) is { } known)
        {
            return known;
        }

        var made = new PdfDictionary(document);
        outer.Elements[key] = made;
        return made;
    }

    /// <summary>What is shown of the page.</summary>
    private static PdfRectangle BoxOf(PdfPage page) => page.Elements.ContainsKey("/CropBox") ? page.CropBox : page.MediaBox;

    private static string Drawn(PdfRectangle box, IReadOnlyList<string> lines)
    {
        var (left, bottom) = (Math.Min(box.X1, box.X2), Math.Min(box.Y1, box.Y2));
        var (width, height) = (Math.Abs(box.X2 - box.X1), Math.Abs(box.Y2 - box.Y1));
        var angle = Math.Atan2(height, width);
        var size = Math.Sqrt((width * width) + (height * height)) * 0.8 / (WidthOfCharacter * lines.Max(l => l.Length));
        var drawn = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
            var (along, above) = (-WidthOfCharacter * size * lines[i].Length / 2, (((lines.Count - 1) / 2.0) - i) * size * 1.4);
            var (x, y) = (left + (width / 2) + (cos * along) - (sin * above), bottom + (height / 2) + (sin * along) + (cos * above));
            drawn.Append(CultureInfo.InvariantCulture, $"q {Name} gs 0.35 g BT {Name} {size:0.##} Tf {cos:0.####} {sin:0.####} {-sin:0.####} {cos:0.####} {x:0.##} {y:0.##} Tm ({Escaped(lines[i])}) Tj ET Q\n");
        }

        var edge = string.Join("   ", lines);
        var edgeSize = Math.Min(EdgePoints, width * 0.94 / (WidthOfCharacter * edge.Length));
        drawn.Append(CultureInfo.InvariantCulture, $"q 0.35 g BT {Name} {edgeSize:0.##} Tf 1 0 0 1 {left + (width * 0.03):0.##} {bottom + 8:0.##} Tm ({Escaped(edge)}) Tj ET Q\n");
        return drawn.ToString();
    }

    private static string Escaped(string line) => string.Concat(line.Select(c => c switch
    {
        '(' or ')' or '\\' => $"\\{c}",
        >= ' ' and <= '~' => $"{c}",
        _ => throw new ArgumentException("A mark is written in printable ASCII.", nameof(line)),
    }));
}
