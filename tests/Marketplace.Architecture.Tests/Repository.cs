using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Marketplace.Architecture.Tests;

/// <summary>The files of this repository as they lie there.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "lib", "node_modules", "data"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(FolderOf(), "..", ".."));

    public static IReadOnlyList<Project> SourceProjects { get; } = ProjectsUnder("src");

    public static IReadOnlyList<Project> TestProjects { get; } = ProjectsUnder("tests");

    /// <summary>Everything that somebody wrote under a folder, without what builds and vendors put there.</summary>
    public static IEnumerable<string> FilesUnder(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .Where(path => !NotOurs.Contains(Path.GetFileName(path)))
        .SelectMany(path => Directory.Exists(path) ? FilesUnder(path) : [path])
        .Order(StringComparer.Ordinal);

    private static Project[] ProjectsUnder(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => Project.Read(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)) with { Folder = Path.GetDirectoryName(path)! }),
    ];

    private static string FolderOf([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>What a project file asks for.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public string Folder { get; init; } = "";

    public bool HasCode => Repository.FilesUnder(Folder).Any(f => f.EndsWith(".cs", StringComparison.Ordinal));

    public static Project Read(string name, string xml)
    {
        var file = XDocument.Parse(xml);
        return new Project(name, [.. Included("ProjectReference").Select(i => Path.GetFileNameWithoutExtension(i.Replace('\\', '/')))], [.. Included("PackageReference")]);

        IEnumerable<string> Included(string element) => file.Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>();
    }
}
