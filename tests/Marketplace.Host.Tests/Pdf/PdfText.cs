using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace Marketplace.Host.Tests.Pdf;

/// <summary>What a PDF says, page by page, as somebody else's program reads it.</summary>
internal static class PdfText
{
    public static IReadOnlyList<string> Of(Stream pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(p => ContentOrderTextExtractor.GetText(p))];
    }
}
