using System.Data.Common;
using Marketplace.Application.Notices;
using Marketplace.Host.Seeds;
using Marketplace.Journal;

namespace Marketplace.Host.Notices;

/// <summary>Keeps what people are told at the end of the journal, and has letters written of it. Of several hosts each does what it is first at.</summary>
internal sealed partial class RunNotices(
    FollowNotices follow, WriteNoticeLetters letters, ReplayProgress seeds, IHostApplicationLifetime host, TimeProvider time, ILogger<RunNotices> log) : BackgroundService
{
    /// <summary>How late somebody may be told.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not while the clock of the rules stands in the past: what demo data tells would be news.
        var listening = new TaskCompletionSource();
        await using var registration = host.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await seeds.Ended.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                while (await follow.Step(stoppingToken))
                {
                }

                await letters.Step(stoppingToken);
                isFailing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is JournalUnavailableException or UnknownEventException or DbException || failure.InnerException is DbException)
            {
                if (!isFailing)
                {
                    LogFailure(failure); // once for each time that it begins
                }

                (pause, isFailing) = (AfterFailure, true);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody is told of anything new: the journal cannot be followed. It is tried again.")]
    private partial void LogFailure(Exception failure);
}
