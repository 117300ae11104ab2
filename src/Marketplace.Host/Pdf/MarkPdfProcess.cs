using Marketplace.Documents.Pdf;

namespace Marketplace.Host.Pdf;

/// <summary>
/// The other side of <see cref="PdfMarksInProcess"/>: this program, started to mark one PDF and to end. It knows no setting, no secret and no database,
/// and dies of a hostile file alone.
/// </summary>
internal static class MarkPdfProcess
{
    /// <summary>First argument; the lines of the mark follow. Known to the program only, and in no help.</summary>
    public const string Verb = "mark-pdf";

    /// <summary>Reads the PDF from standard input and writes the marked one to standard output; whatever is wrong with it ends the process.</summary>
    public static int Run(IReadOnlyList<string> lines)
    {
        using var read = new MemoryStream();
        using (var input = Console.OpenStandardInput())
        {
            input.CopyTo(read);
        }

        read.Position = 0;
        using var marked = new MemoryStream();
        PdfMarking.Mark(read, marked, lines);
        using var output = Console.OpenStandardOutput();
        marked.WriteTo(output);
        return 0;
    }
}
