using System.Diagnostics;
using System.Text;

namespace Marketplace.Testing;

/// <summary>The real program in a process of its own, as a person or a script starts it.</summary>
public sealed class MarketplaceProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private MarketplaceProcess(Process process) => this.process = process;

    /// <summary>Starts <c>dotnet Marketplace.Host.dll</c>, which lies beside the tests.</summary>
    /// <param name="folder">Working folder; a temporary one of nobody when null.</param>
    public static MarketplaceProcess Start(IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Marketplace.Host.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        var started = new MarketplaceProcess(Process.Start(start)!);
        started.process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                started.output.AppendLine(line.Data);
            }
        };
        started.process.BeginOutputReadLine();
        return started;
    }

    /// <summary>The next line of standard error, null at its end.</summary>
    public Task<string?> NextErrorLine() => process.StandardError.ReadLineAsync();

    /// <summary>SIGKILL: no handler, no flush, no goodbye.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<(int ExitCode, string Output, string Error)> End()
    {
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToString(), error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
