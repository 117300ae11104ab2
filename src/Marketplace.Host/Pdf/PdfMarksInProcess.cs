using System.Diagnostics;
using System.Reflection;
using Marketplace.Application.Files;

namespace Marketplace.Host.Pdf;

/// <summary>
/// Marks each PDF in a process of its own: a file that makes its reader run out of stack, memory or time ends that process, and not the host. It is
/// given the file and the mark, and nothing of the host's environment.
/// </summary>
public sealed partial class PdfMarksInProcess(TimeProvider time, ILogger<PdfMarksInProcess> log) : IPdfMarks, IDisposable
{
    /// <summary>How long one file may take, its wait for others not counted.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private const long MaxMarkedBytes = 64L * 1024 * 1024;
    private const string MemoryLimit = "0x20000000"; // 512 MB
    private const int AtOnce = 2;

    private static readonly string[] Inherited = ["PATH", "DOTNET_ROOT", "TMPDIR", "TEMP", "SystemRoot", "HOME"];

    private readonly SemaphoreSlim places = new(AtOnce);

    public async Task<Stream?> Mark(Stream pdf, IReadOnlyList<string> lines, CancellationToken cancel = default)
    {
        await places.WaitAsync(cancel);
        try
        {
            return await MarkOne(pdf, lines, cancel);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<Stream?> MarkOne(Stream pdf, IReadOnlyList<string> lines, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var process = Process.Start(Start(lines)) ?? throw new InvalidOperationException("No process was started.");
        var marked = new MemoryStream();
        var complaints = process.StandardError.ReadToEndAsync(either.Token);
        var written = Write(pdf, process, either.Token);
        try
        {
            var isWhole = await Read(process.StandardOutput.BaseStream, marked, either.Token);
            if (isWhole)
            {
                await written;
                await process.WaitForExitAsync(either.Token);
                if (process.ExitCode == 0)
                {
                    marked.Position = 0;
                    return marked;
                }

                LogUnreadable(process.ExitCode, (await complaints).Split('\n')[0]);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogTooLong(Longest.TotalSeconds);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await Task.WhenAny(written); // whoever owns the file may close it now
        }

        await marked.DisposeAsync();
        return null;
    }

    private static async Task Write(Stream pdf, Process process, CancellationToken cancel)
    {
        try
        {
            await pdf.CopyToAsync(process.StandardInput.BaseStream, cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has died over the file: its exit code says so.
        }
    }

    /// <summary>False: it is more than a marked file can be.</summary>
    private static async Task<bool> Read(Stream from, MemoryStream to, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        for (var read = await from.ReadAsync(buffer, cancel); read > 0; read = await from.ReadAsync(buffer, cancel))
        {
            if (to.Length + read > MaxMarkedBytes)
            {
                return false;
            }

            to.Write(buffer, 0, read);
        }

        return true;
    }

    /// <summary>This program, by the starter that stands beside it, whoever has loaded us.</summary>
    private static ProcessStartInfo Start(IReadOnlyList<string> lines)
    {
        var name = Assembly.GetExecutingAssembly().GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : "");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        var inherited = Inherited.Select(i => KeyValuePair.Create(i, start.Environment.TryGetValue(i, out var value) ? value : null)).Where(i => i.Value is not null).ToList();
        start.Environment.Clear();
        foreach (var (key, value) in inherited)
        {
            start.Environment[key] = value;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = MemoryLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0"; // it lives too briefly to learn
        start.ArgumentList.Add(MarkPdfProcess.Verb);
        foreach (var line in lines)
        {
            start.ArgumentList.Add(line);
        }

        return start;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A PDF could not be marked, exit code {ExitCode}: {Complaint}")]
    private partial void LogUnreadable(int exitCode, string complaint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A PDF could not be marked within {Seconds} s.")]
    private partial void LogTooLong(double seconds);
}
