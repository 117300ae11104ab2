namespace Marketplace.Architecture.Tests.Projects;

public sealed class FileTests
{
    private const int MostLines = 500;
    private static readonly string[] Code = [".cs", ".razor", ".js", ".css", ".sql", ".sh"];

    [Fact]
    public void Every_code_file_can_be_read_in_one_sitting() => Assert.Empty(
        new[] { "src", "tests" }.SelectMany(f => Repository.FilesUnder(Path.Combine(Repository.Root, f)))
            .Where(f => Code.Contains(Path.GetExtension(f)))
            .SelectMany(f => TooLong(f, File.ReadAllText(f))));

    [Fact]
    public void A_file_that_is_too_long_is_found()
    {
        Assert.Empty(TooLong("Endless.cs", string.Concat(Enumerable.Repeat("line\n", MostLines - 1))));
        Assert.Single(TooLong("Endless.cs", string.Concat(Enumerable.Repeat("line\n", MostLines))));
    }

    [Fact]
    public void Every_project_of_tests_says_which_class_of_bugs_it_catches() => Assert.Empty(
        Repository.TestProjects.Where(p => p.HasCode).SelectMany(p => SaysNothing(p.Name, Path.Combine(p.Folder, "README.md"))));

    [Fact]
    public void A_project_of_tests_that_says_nothing_is_found() => Assert.Single(SaysNothing("Marketplace.Newcomer.Tests", Path.Combine(Repository.Root, "no", "README.md")));

    private static IEnumerable<string> TooLong(string file, string text)
    {
        var lines = text.Count(c => c == '\n');
        return lines >= MostLines ? [$"{file} has {lines} lines"] : [];
    }

    private static IEnumerable<string> SaysNothing(string project, string readme) =>
        File.Exists(readme) && File.ReadAllText(readme).Length > 100 ? [] : [$"{project} has no README.md that says what it is there for"];
}
