using System.Net;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Server;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Host.AlarmClock;
using Marketplace.Storage.Postgres;
using Marketplace.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Marketplace.Host.Tests;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;

/// <summary>Hangfire rings for real, every second; what is due is decided by the rules' clock, which a test sets.</summary>
public sealed class AlarmClockTests
{
    private const string EverySecond = "* * * * * *";
    private const string InMemory = "Data Source=:memory:";

    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");

    [Fact]
    public async Task A_notice_that_is_over_is_closed_by_the_alarm_clock_alone()
    {
        await using var host = await Start(InMemory, NoticesEverySecond);
        var result = await ResultUnderNotice(host);
        await UntilListed(host, result);
    }

    [Fact]
    public async Task The_alarm_clock_on_PostgreSQL_survives_the_loss_of_all_that_its_storage_holds()
    {
        await using var database = await Database.Create();
        LabResultId result;
        await using (var host = await Start(database.ConnectionString, EverySecondDo("nothing", () => { })))
        {
            await UntilReady(host, HttpStatusCode.OK);
            result = await ResultUnderNotice(host);
        }

        await database.Execute($"drop schema {PostgresJobStorage.Schema} cascade");
        await using (var host = await Start(database.ConnectionString, NoticesEverySecond))
        {
            LetNoticesEnd(host);
            await UntilListed(host, result);
        }
    }

    [Fact]
    public async Task A_database_that_turns_everybody_away_makes_the_host_unready_until_it_answers_again()
    {
        await using var database = await Database.Create();
        await using var host = await Start(database.ConnectionString, NoticesEverySecond);
        await UntilReady(host, HttpStatusCode.OK);

        await database.CloseToAll();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Get("/health/ready")).Status);
        await database.OpenAgain();

        await UntilReady(host, HttpStatusCode.OK);
        await UntilListed(host, await ResultUnderNotice(host));
    }

    [Fact]
    public async Task A_job_storage_that_is_absent_at_start_keeps_the_host_unready_until_it_is_there()
    {
        var isThere = false;
        var rings = 0;
        await using var host = await Start(InMemory, builder =>
        {
            builder.Services.AddSingleton<OpenJobStorage>(() =>
                Volatile.Read(ref isThere) ? new InMemoryStorage() : throw new NpgsqlException("The test says so."));
            EverySecondDo("count", () => Interlocked.Increment(ref rings))(builder);
        });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Get("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/reference")).Status);

        Volatile.Write(ref isThere, true);
        await UntilReady(host, HttpStatusCode.OK);
        await Until(() => rings > 0);
    }

    [Fact]
    public async Task An_alarm_that_is_still_under_way_is_passed_over_and_holds_nobody_up()
    {
        var (slow, others) = (0, 0);
        var isOver = new TaskCompletionSource();
        await using var host = await Start(InMemory, builder =>
        {
            builder.Services.AddSingleton(new Alarm("slow", EverySecond, IsShared: true, async (_, stopping) =>
            {
                Interlocked.Increment(ref slow);
                await isOver.Task.WaitAsync(stopping);
            }));
            EverySecondDo("other", () => Interlocked.Increment(ref others))(builder);
        });

        await Until(() => slow == 1);
        var before = others;
        await Until(() => others >= before + 3);
        Assert.Equal(1, slow);

        isOver.SetResult();
        await Until(() => slow > 1);
    }

    [Fact]
    public async Task An_alarm_that_fails_rings_again_at_its_next_time()
    {
        var rings = 0;
        await using var host = await Start(InMemory, EverySecondDo("failing", () =>
            throw new InvalidOperationException($"ring {Interlocked.Increment(ref rings)}")));

        await Until(() => rings >= 2);
    }

    [Fact]
    public async Task Every_kind_of_due_work_has_an_alarm_of_its_own()
    {
        await using var host = await Start(InMemory, _ => { });
        var alarms = host.App.Services.GetServices<Alarm>().ToList();

        Assert.Equal(alarms.Count, alarms.Select(a => a.Name).Distinct().Count());
        Assert.Superset(
            new HashSet<string> { "enforce-due-obligations", "end-trials", "close-public-notices", "work-off-payment-intents", "verify-invariants" },
            alarms.Select(a => a.Name).ToHashSet());
    }

    [Fact]
    public void A_ring_reaches_every_node_of_the_cluster_in_a_queue_of_its_own()
    {
        using var storage = new InMemoryStorage();
        var nodes = new[] { 1, 2 }.Select(n => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + n), n)).ToArray();
        var jobs = new AlarmJobs([], new AlarmsUnderWay(), new Members(nodes), new ServiceCollection().BuildServiceProvider(), NullLogger<AlarmJobs>.Instance);
        using var connection = storage.GetConnection();
        var ring = new BackgroundJob("1", Hangfire.Common.Job.FromExpression(() => Console.WriteLine()), DateTime.UnixEpoch);

        jobs.RingEverywhere("wake-up", new PerformContext(storage, connection, ring, new JobCancellationToken(canceled: false)));

        var queues = storage.GetMonitoringApi().Queues();
        Assert.Equal(nodes.Select(AlarmJobs.QueueOf).Order(), queues.Select(q => q.Name).Order());
        Assert.All(queues, q => Assert.Equal(1, q.Length));
    }

    private static async Task<RunningHost> Start(string connectionString, Action<WebApplicationBuilder> configure)
    {
        var host = RunningHost.Ringing(connectionString, configure);
        await host.InitializeAsync();
        return host;
    }

    private static void NoticesEverySecond(WebApplicationBuilder builder) => builder.Services.AddSingleton(new Alarm(
        "notices-every-second", EverySecond, IsShared: true, (services, stopping) => services.GetRequiredService<DueWorkSweep>().Run(DueWork.Notice, stopping)));

    private static Action<WebApplicationBuilder> EverySecondDo(string name, Action ring) => builder => builder.Services.AddSingleton(
        new Alarm(name, EverySecond, IsShared: false, (_, _) =>
        {
            ring();
            return Task.CompletedTask;
        }));

    /// <summary>A result whose notice is over by the rules' clock.</summary>
    private static async Task<LabResultId> ResultUnderNotice(RunningHost host)
    {
        var door = host.App.Services.GetRequiredService<MarketplaceDoor>();
        var organisation = OrganisationId.Wrap(await host.Register());
        var lab = Principal.Whole(ActorRole.Lab, organisation, "wang");
        var text = new BilingualText("文字", "Text");
        var content = new ResultContent(
            text, text, text, text, text, TechnologyField.NewEnergy, IndustryCode.Parse("C3921", "industry").Value,
            TechnologyReadiness.Of(6, ReadinessScale.GbT22900, "readiness").Value,
            [new IntellectualProperty(RightKind.KnowHow, RightStatus.Unregistered, null)], "120116", [new Inventor("李", 1_000_000)]);
        await Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));
        var result = LabResultId.Wrap(await Accept(lab, new DraftResult(Guid.NewGuid(), content)));
        await Accept(lab, new SubmitResult(Guid.NewGuid(), result, TitleIsClear: true, NoDispute: true));
        await Accept(lab, new PriceResult(Guid.NewGuid(), result, PricingMethod.NegotiatedPrice, new Money(100, Currency.Cny)));
        await Accept(lab, new StartPublicNotice(Guid.NewGuid(), result));
        LetNoticesEnd(host);
        return result;

        async Task<string> Accept(Principal principal, ICommandRequest command) => Assert.IsType<Accepted>(await door.Send(principal, command)).Id;
    }

    private static void LetNoticesEnd(RunningHost host) =>
        host.App.Services.GetRequiredService<SettableTime>().StandAt(DateTimeOffset.UtcNow.AddDays(LabResult.MinNoticeDays + 2));

    private static Task UntilListed(RunningHost host, LabResultId result) =>
        Until(async () => (string?)(await host.Get($"/api/v1/results/{result}")).Json["status"] == "listed");

    private static Task UntilReady(RunningHost host, HttpStatusCode status) => Until(async () => (await host.Get("/health/ready")).Status == status);

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>A database of the test's own, which can be closed to everybody.</summary>
    private sealed class Database(PostgresCluster cluster, string connectionString) : IAsyncDisposable
    {
        public string ConnectionString => connectionString;

        public static async Task<Database> Create()
        {
            var cluster = await PostgresCluster.Shared;
            return new Database(cluster, await cluster.CreateDatabase());
        }

        private string Name => new NpgsqlConnectionStringBuilder(connectionString).Database!;

        public Task Execute(string sql) => Execute(connectionString, sql);

        public async Task CloseToAll()
        {
            await Execute(cluster.ConnectionString, $"alter database {Name} with allow_connections false");
            await Execute(cluster.ConnectionString, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Name}'");
        }

        public Task OpenAgain() => Execute(cluster.ConnectionString, $"alter database {Name} with allow_connections true");

        public async ValueTask DisposeAsync() => await cluster.DropDatabase(connectionString);

        private static async Task Execute(string connectionString, string sql)
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The members of a cluster, as one of them sees it.</summary>
    private sealed class Members(params SiloAddress[] nodes) : ISiloStatusOracle
    {
        public SiloStatus CurrentStatus => SiloStatus.Active;

        public string SiloName => "first";

        public SiloAddress SiloAddress => nodes[0];

        public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) => nodes.ToDictionary(n => n, _ => SiloStatus.Active);

        public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) => SiloStatus.Active;

        public SiloAddress[] GetActiveSilos() => nodes;

        public bool TryGetSiloName(SiloAddress siloAddress, out string siloName) => throw new NotSupportedException();

        public bool IsFunctionalDirectory(SiloAddress siloAddress) => true;

        public bool IsDeadSilo(SiloAddress silo) => false;

        public bool SubscribeToSiloStatusEvents(ISiloStatusListener observer) => throw new NotSupportedException();

        public bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer) => throw new NotSupportedException();
    }
}
