using System.Text;
using Marketplace.Documents.Pdf;
using Marketplace.Host.Pdf;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Marketplace.Host.Tests.Pdf;

/// <summary>Hostile PDFs die in a process of their own, and the host goes on.</summary>
public sealed class PdfMarksInProcessTests : IDisposable
{
    private readonly PdfMarksInProcess marks = new(TimeProvider.System, NullLogger<PdfMarksInProcess>.Instance);

    public void Dispose() => marks.Dispose();

    public static TheoryData<string, string> Hostile => new()
    {
        { "no PDF at all", "%PDF-1.7\nan original\n%%EOF" },
        { "nested deeper than any stack", WithTrailer($"/X {new string('[', 2_000_000)}") },
        { "pages that hold themselves", Encoding.ASCII.GetString(PlainPdf.Of(["x"])).Replace("/Kids [4 0 R]", "/Kids [2 0 R]", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_cannot_be_opened_safely_is_not_marked(string what, string pdf)
    {
        Assert.NotEmpty(what);
        using var content = new MemoryStream(Encoding.ASCII.GetBytes(pdf));
        Assert.Null(await marks.Mark(content, ["mark"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Several_at_once_are_each_marked_for_their_own_reader()
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            using var content = new MemoryStream(PlainPdf.Of([$"document {i}"], ["second page"]));
            await using var marked = await marks.Mark(content, [$"reader {i}", "2026"], TestContext.Current.CancellationToken);
            return PdfText.Of(marked!);
        }));
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(2, texts[i].Count);
            Assert.All(texts[i], page => Assert.Contains($"reader {i}", page, StringComparison.Ordinal));
            Assert.Contains($"document {i}", texts[i][0], StringComparison.Ordinal);
        }
    }

    /// <summary>Behind all that is found by its place in the file.</summary>
    private static string WithTrailer(string more) => Encoding.ASCII.GetString(PlainPdf.Of(["x"])).Replace("/Root 1 0 R", $"/Root 1 0 R {more}", StringComparison.Ordinal);
}
