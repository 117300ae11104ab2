using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Server;
using Hangfire.States;
using Orleans.Runtime;

namespace Marketplace.Host.AlarmClock;

/// <summary>All that job storage ever holds: which alarm rings. A ring that fails is not tried again, since the next one comes soon.</summary>
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete, LogEvents = false)]
public sealed partial class AlarmJobs(
    IEnumerable<Alarm> alarms, AlarmsUnderWay underWay, ISiloStatusOracle cluster, IServiceProvider services, ILogger<AlarmJobs> log)
{
    /// <summary>The queue that one node alone listens to.</summary>
    public static string QueueOf(SiloAddress node) =>
        string.Concat("node-", string.Concat(node.ToParsableString().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')));

    /// <summary>Passes the ring on to every node.</summary>
    public void RingEverywhere(string alarm, PerformContext context)
    {
        var client = new BackgroundJobClient(context.Storage);
        foreach (var node in cluster.GetApproximateSiloStatuses(onlyActive: true).Keys)
        {
            client.Create<AlarmJobs>(jobs => jobs.Ring(alarm, CancellationToken.None), new EnqueuedState(QueueOf(node)));
        }
    }

    public async Task Ring(string alarm, CancellationToken stopping)
    {
        if (alarms.FirstOrDefault(a => a.Name == alarm) is not { } known)
        {
            LogUnknown(alarm); // of a newer or an older version that shares the storage
            return;
        }

        if (!underWay.Begin(alarm))
        {
            LogStillUnderWay(alarm);
            return;
        }

        try
        {
            await known.Ring(services, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops and the next ring goes on: a job given back would wait in the queue of a node that is gone.
        }
        catch (Exception failure)
        {
            LogFailed(failure, alarm);
            throw;
        }
        finally
        {
            underWay.End(alarm);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No alarm is called {Alarm} in this version.")]
    private partial void LogUnknown(string alarm);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Alarm} rang while it was still under way since an earlier ring.")]
    private partial void LogStillUnderWay(string alarm);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Alarm} failed; the next ring tries again.")]
    private partial void LogFailed(Exception exception, string alarm);
}

/// <summary>The alarms that this process is answering: one that rings again meanwhile is passed over, not queued up behind itself.</summary>
public sealed class AlarmsUnderWay
{
    private readonly ConcurrentDictionary<string, byte> names = new(StringComparer.Ordinal);

    public bool Begin(string alarm) => names.TryAdd(alarm, 0);

    public void End(string alarm) => names.TryRemove(alarm, out _);
}
