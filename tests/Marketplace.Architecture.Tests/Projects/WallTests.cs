namespace Marketplace.Architecture.Tests.Projects;

/// <summary>Projects are walls: Host → all; Payments, Documents, Search, Storage.* → Application → Domain, Journal; those two → nothing of ours.</summary>
public sealed class WallTests
{
    private static readonly string[] Core = ["Marketplace.Domain", "Marketplace.Journal"];
    private static readonly string[] Engine = [.. Core, "Marketplace.Application"];
    private static readonly string[] Everything = [.. Repository.SourceProjects.Select(p => p.Name)];

    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Marketplace.Domain"] = [],
        ["Marketplace.Journal"] = [],
        ["Marketplace.Application"] = Core,
        ["Marketplace.Payments"] = Engine,
        ["Marketplace.Documents"] = Engine,
        ["Marketplace.Search"] = Engine,
        ["Marketplace.Storage.Sqlite"] = Engine,
        ["Marketplace.Storage.Postgres"] = Engine,
        ["Marketplace.Host"] = Everything,
    };

    [Fact]
    public void Projects_refer_to_what_stands_under_them_only() => Assert.Empty(Repository.SourceProjects.SelectMany(Through));

    [Theory]
    [InlineData("Marketplace.Domain", "Marketplace.Journal")]
    [InlineData("Marketplace.Journal", "Marketplace.Domain")]
    [InlineData("Marketplace.Application", "Marketplace.Storage.Sqlite")]
    [InlineData("Marketplace.Payments", "Marketplace.Search")]
    [InlineData("Marketplace.Newcomer", "Marketplace.Domain")]
    public void A_reference_through_a_wall_is_found(string project, string reference) =>
        Assert.Single(Through(Project.Read(project, $"""<Project><ItemGroup><ProjectReference Include="../{reference}/{reference}.csproj" /></ItemGroup></Project>""")));

    [Fact]
    public void The_rules_need_no_package() => Assert.Empty(Repository.SourceProjects.Where(p => p.Name == "Marketplace.Domain").SelectMany(PackagesOf));

    [Fact]
    public void A_package_of_the_rules_is_found() =>
        Assert.Single(PackagesOf(Project.Read("Marketplace.Domain", """<Project><ItemGroup><PackageReference Include="NodaTime" /></ItemGroup></Project>""")));

    private static IEnumerable<string> Through(Project project) => project.References
        .Where(r => !MayReference.GetValueOrDefault(project.Name, []).Contains(r))
        .Select(r => $"{project.Name} → {r}");

    private static IEnumerable<string> PackagesOf(Project project) => project.Packages.Select(p => $"{project.Name} needs {p}");
}
