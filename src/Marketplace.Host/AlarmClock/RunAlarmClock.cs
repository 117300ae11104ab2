using System.Data.Common;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.States;
using Hangfire.Storage;
using Marketplace.Host.Seeds;
using Orleans.Runtime;
using HangfireLog = Hangfire.Logging.LogProvider;

namespace Marketplace.Host.AlarmClock;

/// <summary>Opens a job storage; blocks while it connects.</summary>
public delegate JobStorage OpenJobStorage();

/// <summary>
/// Runs Hangfire once the host listens. Job storage holds nothing that matters: its recurring jobs are written
/// at every start and once a minute, and a storage that fails is opened anew until it answers.
/// </summary>
internal sealed partial class RunAlarmClock(
    IEnumerable<Alarm> alarms, OpenJobStorage open, ISiloStatusOracle cluster, IServiceScopeFactory scopes, TimeProvider time,
    ReplayProgress seeds, IHostApplicationLifetime host, ILoggerFactory loggers, ILogger<RunAlarmClock> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollingInterval = TimeSpan.FromSeconds(2); // how late an alarm may ring
    private static readonly TimeSpan JobsAreKept = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<Alarm> alarms = [.. alarms];
    private volatile JobStorage? storage;

    /// <summary>The storage that alarms ring from; null while there is none.</summary>
    public JobStorage? Storage => storage;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first page comes first, and a host that cannot listen rings nothing; nor does one whose clock stands in the past.
        var listening = new TaskCompletionSource();
        await using var registration = host.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        await seeds.Ended.WaitAsync(stoppingToken);

        // Names without a version, so that two versions can share a storage while one replaces the other.
        GlobalConfiguration.Configuration.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer();
        HangfireLog.SetCurrentLogProvider(new AspNetCoreLogProvider(loggers));
        try
        {
            await RunUntil(stoppingToken);
        }
        finally
        {
            HangfireLog.SetCurrentLogProvider(null); // it outlives this host, whose loggers end now
        }
    }

    private async Task RunUntil(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Run(stopping);
            }
            catch (Exception outage) when (outage is DbException or TimeoutException or DistributedLockTimeoutException)
            {
                LogUnavailable(outage);
                await Task.Delay(PauseAfterFailure, time, stopping);
            }
        }
    }

    private async Task Run(CancellationToken stopping)
    {
        var opened = await Blocking(() => SetAlarms(WithoutForgotten(open())));
        using var disposable = opened as IDisposable;
        opened.JobExpirationTimeout = JobsAreKept;
        var options = new BackgroundJobServerOptions
        {
            Activator = new AspNetCoreJobActivator(scopes),
            Queues = [EnqueuedState.DefaultQueue, AlarmJobs.QueueOf(cluster.SiloAddress)],
            WorkerCount = alarms.Count + 1, // every alarm may be under way, and one more can pass rings on
            SchedulePollingInterval = PollingInterval,
        };
        var server = new BackgroundJobServer(options, opened);
        try
        {
            storage = opened;
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await Blocking(() => SetAlarms(opened));
            }
        }
        finally
        {
            storage = null;
            server.SendStop();
            await server.WaitForShutdownAsync(CancellationToken.None);
            server.Dispose();
        }
    }

    private JobStorage SetAlarms(JobStorage opened)
    {
        var recurring = new RecurringJobManager(opened);
        foreach (var (name, cron, isShared, _) in alarms)
        {
            if (isShared)
            {
                recurring.AddOrUpdate<AlarmJobs>(name, jobs => jobs.RingEverywhere(name, null!), cron);
            }
            else
            {
                recurring.AddOrUpdate<AlarmJobs>(name, jobs => jobs.Ring(name, CancellationToken.None), cron);
            }
        }

        return opened;
    }

    /// <summary>Removes recurring jobs of other versions. Only at start: hosts of two versions would undo each other's all the time.</summary>
    private JobStorage WithoutForgotten(JobStorage opened)
    {
        using var connection = opened.GetConnection();
        foreach (var job in connection.GetRecurringJobs().ExceptBy(alarms.Select(a => a.Name), j => j.Id))
        {
            new RecurringJobManager(opened).RemoveIfExists(job.Id);
        }

        return opened;
    }

    /// <summary>Hangfire blocks while it waits for its storage: on a thread of its own, since the pool has few when a host starts.</summary>
    private static Task<T> Blocking<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing that time makes due is done: the alarm clock's job storage cannot be used.")]
    private partial void LogUnavailable(Exception exception);
}
