using Marketplace.Host.Composition;
using Marketplace.Testing;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>Templates and quotes in the terminal, without a database.</summary>
public sealed class QuoteCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marketplace-quote-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("period,netMinor\n1,5\n3,7\n", "sales.csv:3")]
    [InlineData("period,netMinor\n1,many\n", "sales.csv:2")]
    [InlineData("period,netMinor\n1\n", "sales.csv:2")]
    [InlineData("period,sales\n1,5\n", "sales.csv:1")]
    [InlineData("", "sales.csv:1")]
    public async Task A_file_that_cannot_be_read_is_named_with_its_line(string csv, string where)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "sales.csv"), csv);
        var ended = await HostProgram.Run(folder, "en_US.UTF-8", "quote", "--template", "try-and-buy", "--sales", "sales.csv");
        Assert.Equal(ExitCode.Usage, ended.ExitCode);
        Assert.Contains(where, ended.Error[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_are_checked_where_they_lie()
    {
        Assert.Equal(ExitCode.Ok, (await HostProgram.Run(folder, "en_US.UTF-8", "templates", "check")).ExitCode);

        var template = Directory.CreateDirectory(Path.Combine(folder, "contracts-templates", "mine")).FullName;
        await File.WriteAllTextAsync(Path.Combine(template, "terms.yaml"), "id: mine\nversion: one\n");
        await File.WriteAllTextAsync(Path.Combine(template, "zh-CN.md"), "# 合同\n");
        await File.WriteAllTextAsync(Path.Combine(template, "en.md"), "# Contract\n");
        var found = await HostProgram.Run(folder, "en_US.UTF-8", "templates", "check", "--root", "contracts-templates");
        Assert.Equal(ExitCode.CheckFailed, found.ExitCode);
        Assert.Contains("mine/terms.yaml:1: title is missing.", found.Output);
        Assert.Equal(ExitCode.Usage, (await HostProgram.Run(folder, "en_US.UTF-8", "templates", "check", "--root", "nowhere")).ExitCode);
    }
}
