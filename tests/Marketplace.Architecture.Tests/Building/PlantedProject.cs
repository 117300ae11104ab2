using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Marketplace.Architecture.Tests.Building;

/// <summary>A project in a temporary folder, under copies of this repository's build settings.</summary>
internal sealed partial class PlantedProject : IDisposable
{
    private static readonly string[] Settings = ["Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "src/BannedSymbols.txt"];

    private static readonly string RestoredPackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly string root = Directory.CreateTempSubdirectory("marketplace-planted-").FullName;

    /// <param name="items">Of the project file.</param>
    public PlantedProject(string source, string items = "")
    {
        foreach (var file in Settings)
        {
            Write(file, File.ReadAllText(Path.Combine(Repository.Root, file)));
        }

        Write("src/Planted/Planted.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{items}</ItemGroup></Project>""");
        Write("src/Planted/Planted.cs", source);
    }

    /// <summary>Puts an empty package into a feed that only this project looks at.</summary>
    public void Publish(string package, string version, string dependencies = "")
    {
        Directory.CreateDirectory(Path.Combine(root, "feed"));
        using var archive = ZipFile.Open(Path.Combine(root, "feed", $"{package}.{version}.nupkg"), ZipArchiveMode.Create);
        using var nuspec = new StreamWriter(archive.CreateEntry($"{package}.nuspec").Open());
        nuspec.Write($"""
            <package><metadata><id>{package}</id><version>{version}</version><authors>planted</authors><description>planted</description><dependencies>{dependencies}</dependencies></metadata></package>
            """);
    }

    /// <summary>Runs <c>dotnet build</c> or <c>dotnet restore</c> on it; the codes of the errors that it ends with.</summary>
    /// <remarks>Packages that this repository has restored are there; nothing is downloaded, and nothing planted is left behind.</remarks>
    public async Task<IReadOnlyList<string>> ErrorsOf(string command, params string[] options)
    {
        var feed = Directory.CreateDirectory(Path.Combine(root, "feed")).FullName;
        string[] isolated = [$"-p:RestoreSources={feed}", $"-p:RestorePackagesPath={Path.Combine(root, "packages")}", $"-p:RestoreFallbackFolders={RestoredPackages}"];
        var start = new ProcessStartInfo("dotnet", [command, "src/Planted", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. isolated, .. options])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CI"); // no lock file to be locked to
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] codes = [.. ErrorCode().Matches(output).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];
        return process.ExitCode == 0 == (codes.Length == 0) ? codes : throw new InvalidOperationException(output);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Write(string file, string text)
    {
        var path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [GeneratedRegex(@"error ([A-Z]+[0-9]+):")]
    private static partial Regex ErrorCode();
}
