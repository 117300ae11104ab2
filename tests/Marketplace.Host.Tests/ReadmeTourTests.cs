using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>What the READMEs promise, done as they say it: with bash and curl.</summary>
public sealed partial class ReadmeTourTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public async Task The_tour_ends_with_paid_money(string readme)
    {
        await using var host = RunningHost.AsShipped("Data Source=:memory:");
        await host.InitializeAsync();
        var address = host.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var said = await Bash(TourOf(readme).Replace("http://localhost:5080", address, StringComparison.Ordinal));

        Assert.DoesNotContain("urn:marketplace:problem", said, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"paid\"", said, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"payment-requested\"", said, StringComparison.Ordinal);
    }

    private static string TourOf(string readme)
    {
        var text = File.ReadAllText(Path.Combine(FolderOf(), "..", "..", readme));
        var tour = text[text.IndexOf("<!-- tour -->", StringComparison.Ordinal)..text.IndexOf("<!-- end of tour -->", StringComparison.Ordinal)];
        return string.Concat(ShellBlock().Matches(tour).Select(m => m.Groups[1].Value));
    }

    private static async Task<string> Bash(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var said = bash.StandardOutput.ReadToEndAsync();
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        await bash.WaitForExitAsync();
        Assert.Equal(0, bash.ExitCode);
        return await said;
    }

    private static string FolderOf([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
