using System.Diagnostics;

namespace Marketplace.Testing;

/// <summary>The real program, as a process of its own. It lies beside the tests of every project that refers to it.</summary>
public static class HostProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs it until it ends by itself.</summary>
    /// <param name="language">Of the terminal, as LANG says it.</param>
    public static async Task<Ended> Run(string folder, string language, params string[] args)
    {
        using var process = Start(folder, language, args);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await process.StandardError.ReadToEndAsync(patience.Token);
            var written = await output;
            await process.WaitForExitAsync(patience.Token);
            return new Ended(process.ExitCode, Lines(written), Lines(error));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Process Start(string folder, string language, params string[] args) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Marketplace.Host.dll"), .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["LANG"] = language, ["LC_ALL"] = language },
        })!;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

public sealed record Ended(int ExitCode, string[] Output, string[] Error);
