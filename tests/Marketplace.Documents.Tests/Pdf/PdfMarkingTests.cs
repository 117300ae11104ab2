using System.Text;
using Marketplace.Documents.Pdf;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace Marketplace.Documents.Tests.Pdf;

/// <summary>Marks on every page, whatever the page has been through, and nothing of the page lost.</summary>
public sealed class PdfMarkingTests
{
    private static readonly string[] Lines = ["org_1 99000000C000000016 psn_(1)", "2026-03-02 10:00:00 +08:00 acc_1"];

    [Fact]
    public void Every_page_says_who_and_keeps_what_it_said()
    {
        var texts = TextsOf(Marked(PlainPdf.Of(["page one", "with (brackets)"], ["page two"], [])));
        Assert.Equal(3, texts.Count);
        Assert.All(texts, text => Assert.All(Lines, line => Assert.Contains(line, text, StringComparison.Ordinal)));
        Assert.Contains("with (brackets)", texts[0], StringComparison.Ordinal);
        Assert.Contains("page two", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_leaves_its_plane_turned_does_not_move_the_mark()
    {
        // A scale that is never taken back: without care the mark would stand far outside of the page.
        var plain = Encoding.ASCII.GetString(PlainPdf.Of(["x"]));
        var scaled = plain.Replace("BT /F1 12 Tf 16 TL 72 770 Td ", "9 0 0 9 0 0 cm BT /F1 1 Tf   ", StringComparison.Ordinal); // as long as it was: places in the file are counted
        Assert.Equal(plain.Length, scaled.Length);
        Assert.NotEqual(plain, scaled);
        using var document = UglyToad.PdfPig.PdfDocument.Open(Marked(Encoding.ASCII.GetBytes(scaled)));
        var page = document.GetPage(1);
        var inside = page.Letters.Where(l => l.Location.X is >= 0 and <= 595 && l.Location.Y is >= 0 and <= 842).Select(l => l.Value);
        Assert.Contains("acc_1", string.Concat(inside), StringComparison.Ordinal);
    }

    [Fact]
    public void Marked_again_it_says_both()
    {
        var twice = Marked(Marked(PlainPdf.Of(["page one"])), "another mark");
        Assert.Contains("another mark", Assert.Single(TextsOf(twice)), StringComparison.Ordinal);
        Assert.Contains(Lines[0], Assert.Single(TextsOf(twice)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_opened_is_not_half_marked()
    {
        var whole = PlainPdf.Of(["page one"]);
        foreach (var broken in new[] { "%PDF-1.4\nan original\n%%EOF"u8.ToArray(), whole[..(whole.Length / 3)], WithPassword(whole), PlainPdf.Of() })
        {
            using var marked = new MemoryStream();
            Assert.NotNull(Record.Exception(() => PdfMarking.Mark(new MemoryStream(broken), marked, Lines)));
            Assert.Equal(0, marked.Length);
        }
    }

    [Fact]
    public void A_mark_that_cannot_be_written_is_no_mark() => Assert.Throws<ArgumentException>(() => Marked(PlainPdf.Of(["page one"]), "示例公司"));

    private static byte[] Marked(byte[] pdf, params string[] lines)
    {
        using var marked = new MemoryStream();
        PdfMarking.Mark(new MemoryStream(pdf), marked, lines.Length == 0 ? Lines : lines);
        return marked.ToArray();
    }

    private static IReadOnlyList<string> TextsOf(byte[] pdf)
    {
        using var document = UglyToad.PdfPig.PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(p => ContentOrderTextExtractor.GetText(p))];
    }

    private static byte[] WithPassword(byte[] pdf)
    {
        using var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Modify);
        document.SecuritySettings.UserPassword = "secret";
        document.SecuritySettings.OwnerPassword = "more secret";
        using var saved = new MemoryStream();
        document.Save(saved, closeStream: false);
        return saved.ToArray();
    }
}
