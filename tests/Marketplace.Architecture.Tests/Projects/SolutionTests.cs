namespace Marketplace.Architecture.Tests.Projects;

/// <summary>What is not in the solution is neither built nor tested; what no test project refers to is tested by nobody.</summary>
public sealed class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution() =>
        Assert.Empty(NotIn(File.ReadAllText(Path.Combine(Repository.Root, "Marketplace.sln")), [.. Repository.SourceProjects, .. Repository.TestProjects]));

    [Fact]
    public void A_project_that_the_solution_forgot_is_found() => Assert.Equal(
        ["Marketplace.Newcomer"],
        NotIn(File.ReadAllText(Path.Combine(Repository.Root, "Marketplace.sln")), [.. Repository.SourceProjects, new Project("Marketplace.Newcomer", [], [])]));

    [Fact]
    public void Every_project_with_code_is_tested_by_one_that_refers_to_it() =>
        Assert.Empty(Untested([.. Repository.SourceProjects.Where(p => p.HasCode)], Repository.TestProjects));

    [Fact]
    public void An_untested_project_is_found() => Assert.Equal(
        ["Marketplace.Newcomer"],
        Untested([.. Repository.SourceProjects.Where(p => p.HasCode), new Project("Marketplace.Newcomer", [], [])], Repository.TestProjects));

    private static IEnumerable<string> NotIn(string solution, IEnumerable<Project> projects) =>
        projects.Select(p => p.Name).Where(name => !solution.Contains($@"\{name}.csproj""", StringComparison.Ordinal));

    private static IEnumerable<string> Untested(IEnumerable<Project> sources, IEnumerable<Project> tests)
    {
        string[] tested = [.. tests.Where(t => t.Name.EndsWith(".Tests", StringComparison.Ordinal) && t.Name != "Marketplace.Architecture.Tests").SelectMany(t => t.References)];
        return sources.Select(s => s.Name).Where(name => !tested.Contains(name));
    }
}
