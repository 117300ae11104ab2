using System.Text.RegularExpressions;
using Xunit;

namespace Marketplace.Architecture.Tests.Styles;

/// <summary>
/// Browsers get of Tabler what pages use, 18 KB instead of 79. Whoever uses another of its classes runs this with <c>MARKETPLACE_APPROVE=1</c>,
/// which writes the sheet anew.
/// </summary>
public sealed partial class StyleTests
{
    private const string Whole = "third-party/tabler/tabler.min.css";
    private const string Used = "src/Marketplace.Host/wwwroot/lib/tabler/tabler.used.css";

    [Fact]
    public void The_sheet_has_the_rules_of_every_class_that_pages_name()
    {
        var trimmed = TrimmedSheet.Of(Read(Whole), Named());
        var path = Path.Combine(Repository.Root, Used);
        if (Environment.GetEnvironmentVariable("MARKETPLACE_APPROVE") == "1")
        {
            File.WriteAllText(path, trimmed);
        }

        Assert.True(trimmed == File.ReadAllText(path), "A class of Tabler came into use, or went: run this test with MARKETPLACE_APPROVE=1.");
    }

    [Theory]
    [InlineData(".a{x:1}.b{x:2}", ".a{x:1}")]
    [InlineData(".b,.a>p,i{x:1}", ".a>p,i{x:1}")]
    [InlineData(".a:not(.b,.c){x:1}", ".a:not(.b,.c){x:1}")]
    [InlineData(".a.b{x:1}", "")]
    [InlineData("@media (min-width:1px){.b{x:1}}@media print{.a{x:1}.b{x:2}}", "@media print{.a{x:1}}")]
    [InlineData("@charset \"UTF-8\";/* .a{} */@keyframes k{from{x:0}12.5%{x:1}}", "@charset \"UTF-8\";@keyframes k{from{x:0}12.5%{x:1}}")]
    [InlineData(".a{background:url(\"data:image/svg+xml,{}\")}.b{x:'\\'}'}", ".a{background:url(\"data:image/svg+xml,{}\")}")]
    [InlineData(".a[title=\".b,c\"]{x:1}", ".a[title=\".b,c\"]{x:1}")]
    public void What_nobody_names_is_left_out_and_nothing_else(string sheet, string expected) =>
        Assert.Equal(expected, TrimmedSheet.Of(sheet, new HashSet<string> { "a" }));

    /// <summary>Every word of every page and program of the host: whatever could become the name of a class.</summary>
    private static HashSet<string> Named() =>
    [
        .. Repository.FilesUnder(Path.Combine(Repository.Root, "src/Marketplace.Host"))
            .Where(f => Path.GetExtension(f) is ".razor" or ".cs" or ".js")
            .SelectMany(f => Word().Matches(File.ReadAllText(f))).Select(m => m.Value),
    ];

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_-]*")]
    private static partial Regex Word();
}
