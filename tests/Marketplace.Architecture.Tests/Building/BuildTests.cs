namespace Marketplace.Architecture.Tests.Building;

/// <summary>What the build itself must refuse, in every project under src. Each is planted and built for real.</summary>
[Collection("builds")] // beside the other rules, not after them
public sealed class BuildTests
{
    [Fact]
    public async Task The_compiler_refuses_what_it_must()
    {
        using var project = new PlantedProject("""
            namespace Planted;

            public enum Stage { Applied, Signed }

            public static class Violations
            {
                public static string MissingEnumCase(Stage stage) => stage switch { Stage.Applied => "已申请" };

                public static int Null(string? text) => text.Length;

                public static DateTimeOffset Clock() => DateTimeOffset.UtcNow;

                public static int Chance() => Random.Shared.Next();

                public static string Culture(decimal amount) => amount.ToString("N2");

                public static Task Deaf(Stream stream, CancellationToken cancel) => stream.FlushAsync();
            }
            """);
        Assert.Equal(["CA1305", "CA2016", "CS8509", "CS8602", "RS0030"], await project.ErrorsOf("build"));
    }

    [Fact]
    public async Task Versions_that_are_not_to_be_had_are_not_replaced_in_silence()
    {
        using var project = new PlantedProject("", """
            <PackageReference Include="Planted.Library" VersionOverride="1.0.0" /><PackageReference Include="Planted.Older" VersionOverride="1.0.0" />
            """);
        project.Publish("Planted.Library", "1.0.0", """<dependency id="Planted.Base" version="1.0.0" />""");
        project.Publish("Planted.Base", "1.0.1");
        project.Publish("Planted.Older", "1.0.1");
        Assert.Equal(["NU1603"], await project.ErrorsOf("restore", "-p:RestorePackagesWithLockFile=false"));

        // With a lock file NuGet calls it another name, and leaves what packages depend on to the lock file.
        Assert.Equal(["NU1601"], await project.ErrorsOf("restore"));
    }
}
