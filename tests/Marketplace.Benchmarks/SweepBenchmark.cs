using System.Diagnostics;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Benchmarks.Loads;
using Marketplace.Benchmarks.Sweeps;
using Marketplace.Domain;
using Marketplace.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Marketplace.Benchmarks;

/// <summary>Works off what is due among a million that is open: by a sweep, and by a delayed job of Hangfire for each.</summary>
internal static class SweepBenchmark
{
    private const int Open = 1_000_000;

    /// <summary>Days after the due date on which every agreement takes a step: due, overdue, demand, hold, mediation, and two that are proposed.</summary>
    private static readonly int[] StepDays = [0, 1, 15, 30, 45, 60, 90];

    /// <summary>Rounds that are delayed jobs, between sweeps. The first sweep of a process meets code that is not compiled yet, as the median of five does not.</summary>
    private static readonly int[] HangfireRounds = [1, 3];

    /// <summary>When the others come due.</summary>
    private static readonly DateTime Later = new(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task<bool> Run(int due, bool alone)
    {
        var isMet = await OnPostgres(due, alone);
        await OnSqlite(due);
        return isMet;
    }

    private static async Task<bool> OnPostgres(int due, bool alone)
    {
        await using var cluster = await PostgresCluster.Start(durable: true);
        var connectionString = await cluster.CreateDatabase();
        await Prepare(connectionString, due, "md5(n::text)", $"timestamptz '{Later:u}' + n * interval '1 minute'");
        await using var source = NpgsqlDataSource.Create(connectionString);
        var jobs = new HangfireDelayedJobs(source, connectionString);
        if (!alone)
        {
            await jobs.Schedule($"select stream from due_work where purpose = '{DueWork.Obligations}' and due_at_utc > '{Later:u}'", Later);
        }

        var (sweeps, hangfire) = (new List<double>(), new List<double>());
        foreach (var (index, days) in StepDays.Index())
        {
            if (alone || !HangfireRounds.Contains(index))
            {
                sweeps.Add(await Measure(connectionString, days, due, Sweep));
            }
            else
            {
                await jobs.Schedule($"select stream from due_work where purpose = '{DueWork.Obligations}' and due_at_utc < '{Later:u}'", DateTime.UnixEpoch);
                hangfire.Add(await Measure(connectionString, days, due, engine => jobs.Run(engine.Grains, due)));
            }
        }

        Report.Heading($"PostgreSQL, fsync on: {due:n0} due among {Open:n0} open", "seconds");
        Report.Row("sweep", Spread.Of(sweeps), "0.00");
        if (alone)
        {
            return true;
        }

        Report.Row($"Hangfire, a delayed job for each, {HangfireDelayedJobs.Workers} workers", Spread.Of(hangfire), "0.00");
        return Report.Ratio("sweep-vs-hangfire-delayed-jobs", Spread.Of(hangfire).Median / Spread.Of(sweeps).Median, 50);
    }

    private static async Task OnSqlite(int due)
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-benchmark-");
        try
        {
            var connectionString = $"Data Source={Path.Combine(folder.FullName, "sweep.db")}";
            var laterMicroseconds = (Later - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            await Prepare(connectionString, due, "hex(randomblob(16))", $"{laterMicroseconds} + n * 60000000");
            var sweeps = new List<double>();
            foreach (var days in StepDays)
            {
                sweeps.Add(await Measure(connectionString, days, due, Sweep));
            }

            Report.Heading($"SQLite, synchronous=FULL: {due:n0} due among {Open:n0} open", "seconds");
            Report.Row("sweep", Spread.Of(sweeps), "0.00");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Sweep(EngineHost engine)
    {
        var report = await engine.Services.GetRequiredService<DueWorkSweep>().Run(DueWork.Obligations);
        Console.Error.WriteLine($"  {report}");
    }

    /// <summary>Real agreements that will come due, and open rows of as many others as make up a million.</summary>
    /// <param name="name">SQL for a name that differs with <c>n</c>.</param>
    /// <param name="dueAtUtc">SQL for an instant that differs with <c>n</c>.</param>
    private static async Task Prepare(string connectionString, int due, string name, string dueAtUtc)
    {
        await using var engine = await EngineHost.Start(connectionString);
        await ConvertedAgreements.Make(engine, due);
        await engine.Execute($"""
            with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < {Open - due})
            insert into due_work (stream, purpose, partition, due_at_utc)
            select 'agreement/agr_' || {name}, '{DueWork.Obligations}', n % {DueWork.Partitions}, {dueAtUtc} from numbers
            """);
        await engine.Execute("analyze");
    }

    /// <summary>In a host that has just started, so that no agreement is in memory.</summary>
    private static async Task<double> Measure(string connectionString, int daysAfterDue, int due, Func<EngineHost, Task> work)
    {
        await using var engine = await EngineHost.Start(connectionString);
        engine.Time.StandAt(LocalTime.StartOf(ConvertedAgreements.DueOn.AddDays(daysAfterDue)) + TimeSpan.FromHours(10));
        var before = await Due(engine);
        if (connectionString.StartsWith("Host=", StringComparison.Ordinal))
        {
            await engine.Execute("checkpoint"); // nobody pays for the pages that whoever was measured before left unwritten
        }

        var watch = Stopwatch.StartNew();
        await work(engine);
        var elapsed = watch.Elapsed;
        var after = await Due(engine);
        return (before, after) == (due, 0)
            ? elapsed.TotalSeconds
            : throw new InvalidOperationException($"{before} were due and {after} still are; {due} and none were expected.");
    }

    private static async Task<int> Due(EngineHost engine)
    {
        await using var reads = await engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        var now = engine.Services.GetRequiredService<MarketplaceClock>().NowUtc.UtcDateTime;
        return await reads.Of<DueWorkRow>().CountAsync(w => w.Purpose == DueWork.Obligations && w.DueAtUtc <= now);
    }
}
