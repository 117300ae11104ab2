namespace Marketplace.Application.Files;

/// <summary>Marks PDF files on every page with who is given them. What is in a PDF is somebody else's: however it is made, it harms nobody here.</summary>
public interface IPdfMarks
{
    /// <summary>The file with the lines on every page; null when it cannot be opened safely: encrypted, damaged, without a page, or too much work.</summary>
    /// <param name="pdf">Read to its end; stays the caller's.</param>
    /// <param name="lines">Of printable ASCII characters: the mark brings no font along.</param>
    Task<Stream?> Mark(Stream pdf, IReadOnlyList<string> lines, CancellationToken cancel = default);
}
