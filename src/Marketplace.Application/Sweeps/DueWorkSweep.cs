using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Sweeps;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Marketplace.Application.Sweeps;

/// <summary>
/// Works off what is due: this node's share of the open rows of one purpose, each at most once a run.
/// Whatever it leaves, or does twice because another run overlaps, the next run puts right: what is woken looks at its own state first.
/// </summary>
public sealed partial class DueWorkSweep(
    IDbContextFactory<MarketplaceReads> reads, IGrainFactory grains, NodeShare share, MarketplaceClock clock, TimeProvider time, ILogger<DueWorkSweep> log)
{
    public const int PageRows = 1_000;
    public const int MaxInFlight = 1024;

    /// <summary>An open row that is due, and what is known of its failures.</summary>
    private sealed record DueItem(string Stream, DateTime DueAtUtc, int Failures, int Attempts);

    /// <summary>Wakes the grain of each stream that is due for this purpose.</summary>
    /// <exception cref="JournalUnavailableException">The database did not answer; the run ended early and blamed nobody.</exception>
    public Task<SweepReport> Run(string purpose, CancellationToken cancel = default) =>
        Run(purpose, stream => grains.GrainOf(stream).Wake(purpose), cancel);

    /// <summary>Does something else with each stream that is due for this purpose.</summary>
    /// <param name="action">
    /// Takes the stream's name. What it throws, and a refusal, is the item's own fault and is counted toward quarantine, unless it says that
    /// somebody else was in the way: a contended stream, a lost silo, a database that does not answer.
    /// </param>
    /// <exception cref="JournalUnavailableException">The database did not answer; the run ended early and blamed nobody.</exception>
    public async Task<SweepReport> Run(string purpose, Func<string, Task<Answer>> action, CancellationToken cancel = default)
    {
        var began = time.GetTimestamp();
        var tally = new Tally();
        try
        {
            await Parallel.ForEachAsync(
                Due(purpose, cancel), new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancel },
                async (item, _) => await Work(purpose, item, action, tally, cancel));
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            throw new JournalUnavailableException(
                $"The sweep of '{purpose}' ended early, after {tally.Woken} items: the database did not answer. The next sweep goes on.", outage);
        }

        var report = tally.Report(purpose, time.GetElapsedTime(began));
        if (report is not { Woken: 0, Failed: 0, Postponed: 0 })
        {
            LogSwept(purpose, report.Woken, report.Failed, report.Quarantined, report.Postponed, report.Elapsed);
        }

        return report;
    }

    /// <summary>This node's open rows that are due as the run begins, oldest first, without those in quarantine.</summary>
    private async IAsyncEnumerable<DueItem> Due(string purpose, [EnumeratorCancellation] CancellationToken cancel)
    {
        var now = clock.NowUtc.UtcDateTime;
        var partitions = share.Partitions();
        var seen = new HashSet<string>(StringComparer.Ordinal); // an item that comes due again in the past must not keep the run going
        var page = await Page(w => w.DueAtUtc <= now);
        while (page is [.., var last])
        {
            foreach (var item in page.Where(i => seen.Add(i.Stream)))
            {
                yield return item;
            }

            // In two steps, each of which is one range of the index, however many are due at the same instant.
            page = await Page(w => w.DueAtUtc == last.DueAtUtc && string.Compare(w.Stream, last.Stream) > 0);
            if (page.Count == 0)
            {
                page = await Page(w => w.DueAtUtc > last.DueAtUtc && w.DueAtUtc <= now);
            }
        }

        async Task<List<DueItem>> Page(Expression<Func<DueWorkRow, bool>> isNext)
        {
            try
            {
                return await ReadPage(purpose, partitions, isNext, cancel);
            }
            catch (Exception unread) when ((unread as DbException ?? unread.InnerException) is DbException)
            {
                throw new JournalUnavailableException("Due work could not be read.", unread);
            }
        }
    }

    private async Task<List<DueItem>> ReadPage(
        string purpose, IReadOnlyList<int> partitions, Expression<Func<DueWorkRow, bool>> isNext, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        return await database.Of<DueWorkRow>()
            .Where(w => w.Purpose == purpose && partitions.Contains(w.Partition))
            .Where(isNext)
            .LeftJoin(
                database.Of<DueWorkFailureRow>(), w => new { w.Stream, w.Purpose }, f => new { f.Stream, f.Purpose },
                (w, f) => new { Work = w, Failure = f })
            .Where(d => d.Failure == null || d.Failure.QuarantinedAtUtc == null)
            .OrderBy(d => d.Work.DueAtUtc).ThenBy(d => d.Work.Stream)
            .Take(PageRows)
            .Select(d => new DueItem(
                d.Work.Stream, d.Work.DueAtUtc!.Value,
                d.Failure == null ? 0 : d.Failure.Failures, d.Failure == null ? 0 : d.Failure.Attempts))
            .ToListAsync(cancel);
    }

    private async Task Work(string purpose, DueItem item, Func<string, Task<Answer>> action, Tally tally, CancellationToken cancel)
    {
        string reason;
        try
        {
            switch (await action(item.Stream))
            {
                case Accepted:
                    tally.Wake();
                    if (item.Attempts > 0)
                    {
                        await Record(purpose, item, new RecordRecovery());
                    }

                    return;
                case Refused { Refusal: var refusal } when refusal.Code == Refusals.Contended.Code:
                    tally.Postpone();
                    return;
                case Refused { Refusal: var refusal }:
                    reason = $"{refusal.Code}: {refusal.En}";
                    break;
                case var other:
                    throw new InvalidOperationException($"Unknown answer {other}");
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception unreached) when (unreached is OrleansException or TimeoutException)
        {
            LogPostponed(unreached, purpose, item.Stream);
            tally.Postpone();
            return;
        }
        catch (Exception fault) when (!IsOutage(fault))
        {
            LogFailed(fault, purpose, item.Stream);
            reason = $"{fault.GetType().Name}: {fault.Message}";
        }

        var isQuarantined = await Record(purpose, item, new RecordFailure(reason)) is { QuarantinedAtUtc: not null };
        tally.Fail(isQuarantined);
        if (isQuarantined)
        {
            LogQuarantined(purpose, item.Stream, reason);
        }
    }

    /// <summary>What is known of the item afterwards; null when it could not be recorded, which must not keep the other items waiting.</summary>
    private async Task<FailingWorkState?> Record(string purpose, DueItem item, FailingWorkCommand command)
    {
        // The id says which turn this is, by the failures before it: two runs that overlap count one failure.
        var turn = DerivedId.Guid(command.GetType().Name, purpose, item.Stream, item.Failures.ToString(CultureInfo.InvariantCulture));
        try
        {
            var failing = grains.GetGrain<IFailingWorkGrain>(IFailingWorkGrain.KeyOf(purpose, item.Stream));
            await failing.Execute(CommandEnvelope.BySystem(turn, command));
            return await failing.State();
        }
        catch (Exception lost) when (!IsOutage(lost))
        {
            LogNotRecorded(lost, purpose, item.Stream);
            return null;
        }
    }

    /// <summary>The database is gone: no item is to blame. EF Core wraps what may pass in an exception of its own.</summary>
    private static bool IsOutage(Exception exception) => exception is JournalUnavailableException
        or DbException { IsTransient: true }
        or InvalidOperationException { InnerException: DbException { IsTransient: true } };

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Due work '{Purpose}': {Woken} woken, {Failed} failed, {Quarantined} of these quarantined, {Postponed} postponed, in {Elapsed}.")]
    private partial void LogSwept(string purpose, int woken, int failed, int quarantined, int postponed, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due work '{Purpose}' of {Stream} could not be reached; the next sweep tries again.")]
    private partial void LogPostponed(Exception exception, string purpose, string stream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due work '{Purpose}' of {Stream} failed.")]
    private partial void LogFailed(Exception exception, string purpose, string stream);

    [LoggerMessage(Level = LogLevel.Error, Message = "How due work '{Purpose}' of {Stream} went could not be recorded.")]
    private partial void LogNotRecorded(Exception exception, string purpose, string stream);

    [LoggerMessage(Level = LogLevel.Error, Message = "Due work '{Purpose}' of {Stream} failed again and is quarantined: {Reason}")]
    private partial void LogQuarantined(string purpose, string stream, string reason);

    private sealed class Tally
    {
        private int woken, failed, quarantined, postponed;

        public int Woken => woken;

        public void Wake() => Interlocked.Increment(ref woken);

        public void Postpone() => Interlocked.Increment(ref postponed);

        public void Fail(bool isQuarantined)
        {
            Interlocked.Increment(ref failed);
            if (isQuarantined)
            {
                Interlocked.Increment(ref quarantined);
            }
        }

        public SweepReport Report(string purpose, TimeSpan elapsed) => new(purpose, woken, failed, quarantined, postponed, elapsed);
    }
}
