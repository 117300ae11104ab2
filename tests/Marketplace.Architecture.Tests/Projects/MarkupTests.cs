using System.Text.RegularExpressions;

namespace Marketplace.Architecture.Tests.Projects;

/// <summary>A loop in the markup of a page is not left in its middle: the element that stands around it would stay open, and the page answer 500.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void No_loop_of_markup_is_left_in_its_middle() => Assert.Empty(
        Repository.FilesUnder(Path.Combine(Repository.Root, "src", "Marketplace.Host", "Components"))
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) && IsLeft(File.ReadAllText(f))).Select(f => Path.GetFileName(f)));

    [Theory]
    [InlineData("@foreach (var a in b)\n{\n    <p>\n    @if (a is null)\n    {\n        continue;\n    }\n    </p>\n}\n", true)]
    [InlineData("<p>to be continued</p>\n@code {\n    void Count()\n    {\n            continue;\n    }\n}\n", false)]
    public void A_loop_that_is_left_is_found(string text, bool found) => Assert.Equal(found, IsLeft(text));

    private static bool IsLeft(string text) => Continue().IsMatch(text[..(text.IndexOf("\n@code", StringComparison.Ordinal) is > 0 and var code ? code : text.Length)]);

    [GeneratedRegex(@"^\s*continue;", RegexOptions.Multiline)]
    private static partial Regex Continue();
}
