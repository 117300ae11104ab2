using System.IO.Compression;
using System.IO.Pipelines;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Domain.Files;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;
using Microsoft.Extensions.Logging;

namespace Marketplace.Application.Exports;

/// <summary>
/// Makes the files of months that wait, one after the other; every host may do it at once. A file goes into the store whole before anybody names it.
/// Whoever is killed meanwhile falls silent, and another takes it up from the beginning.
/// </summary>
public sealed partial class MakeExports(ExportShelf shelf, ICyclePapers papers, IFileStore store, IJournal journal, TimeProvider time, ILogger<MakeExports> log)
{
    /// <summary>Nobody looks more often, and the lease is long.</summary>
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(1);

    private static readonly FileLimits Limits = new(long.MaxValue, [FileTypes.Zip]);

    /// <summary>Until none waits.</summary>
    public async Task Run(CancellationToken stopping = default)
    {
        var claim = Guid.NewGuid().ToString("N");
        while (await shelf.Take(claim, stopping) is { } export)
        {
            try
            {
                await Make(export, stopping);
            }
            catch (NotWantedException)
            {
                LogNotWanted(export.Export); // ended, or somebody else makes it: what was written is gone already
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                await shelf.GiveBack(export, CancellationToken.None);
                throw;
            }
            catch (Exception fault) when (fault is not JournalUnavailableException) // the journal is to blame: the lease runs out, and it is begun anew
            {
                LogFailed(fault, export.Export, export.Attempts);
                await shelf.Fail(export, $"{fault.GetType().Name}: {fault.Message}", stopping);
            }
        }
    }

    /// <summary>Takes away what has been kept long enough.</summary>
    public async Task Expire(CancellationToken stopping = default)
    {
        foreach (var export in await shelf.Overdue(stopping))
        {
            await shelf.Expire(export, stopping); // first, so that nobody is sent to a file that is gone
            await store.Remove(export.Sha256!, stopping);
        }
    }

    private async Task Make(CycleExport export, CancellationToken stopping)
    {
        var pipe = new Pipe();
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var writing = Task.Run(() => Write(export, pipe.Writer, broken.Token), CancellationToken.None);
        Result<KeptFile> kept;
        try
        {
            await using var content = pipe.Reader.AsStream();
            kept = await store.Put(content, Limits, stopping); // throws what the writer failed with
        }
        finally
        {
            await broken.CancelAsync();
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // whatever it threw was read from the pipe
        }

        var steps = await writing;
        if (!await shelf.Finish(export, kept.Value.Sha256, kept.Value.Bytes, steps, stopping))
        {
            await store.Remove(kept.Value.Sha256, stopping); // its manifest names the attempt: no other file has this content
            throw new NotWantedException();
        }

        LogMade(export.Export, export.Month, kept.Value.Bytes);
    }

    /// <summary>How many parts there were.</summary>
    private async Task<int> Write(CycleExport export, PipeWriter to, CancellationToken stopping)
    {
        Exception? failure = null;
        try
        {
            var steady = new UnblockingStream(to.AsStream(leaveOpen: true));
            var parts = await Write(export, steady, stopping);
            await steady.FlushAsync(stopping);
            return parts;
        }
        catch (Exception thrown)
        {
            failure = thrown; // the reader is to know that this is not the end
            throw;
        }
        finally
        {
            await to.CompleteAsync(failure);
        }
    }

    private async Task<int> Write(CycleExport export, Stream to, CancellationToken stopping)
    {
        var by = Actor.Read(export.AskedBy) ?? throw new InvalidOperationException($"{export.Export} was asked for by nobody.");
        var order = new CycleOrder(
            new Principal(by.Role, by.Organisation, by.Person, Duty.Read, IsProven: false), LedgerMonth.Parse(export.Month).Value, export.Format, export.InEnglish);
        var (begunAtUtc, head, parts) = (time.GetUtcNow(), await journal.LastPlace(stopping), papers.PartsOf(order));
        var (step, told) = (0, time.GetTimestamp());
        async Task Tell(long rows, CancellationToken cancel)
        {
            told = time.GetTimestamp();
            if (!await shelf.Progress(export, step, parts.Count, rows, cancel))
            {
                throw new NotWantedException();
            }
        }

        long soFar = 0;
        var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stopping);
        var package = new CyclePackage(zip, (rows, cancel) => time.GetElapsedTime(told) >= BetweenProgress ? Tell(soFar = rows, cancel) : Task.FromResult(soFar = rows));
        foreach (var part in parts)
        {
            await Tell(soFar, stopping);
            await part.Write(package, stopping);
            step++;
        }

        await package.End(
            files => new CycleManifest(
                export.Export, export.Attempts, export.Month, export.Organisation, begunAtUtc, head?.Position.Epoch ?? 0, head?.Position.Offset ?? 0,
                head is null ? null : Convert.ToHexStringLower(head.Hash.Span), files),
            stopping);
        await zip.DisposeAsync();
        await Tell(soFar, stopping);
        return parts.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {Export} of {Month} is made: {Bytes} bytes.")]
    private partial void LogMade(string export, string month, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {Export} is not wanted any more, or made by another host.")]
    private partial void LogNotWanted(string export);

    [LoggerMessage(Level = LogLevel.Error, Message = "Export {Export} failed at attempt {Attempt}.")]
    private partial void LogFailed(Exception exception, string export, int attempt);

    /// <summary>Nobody waits for this attempt.</summary>
    private sealed class NotWantedException : Exception;
}
