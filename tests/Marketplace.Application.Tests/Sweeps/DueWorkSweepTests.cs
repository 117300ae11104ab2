using Orleans.Runtime;
using System.Collections.Concurrent;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Marketplace.Application.Tests.Sweeps.SweepFixture;

namespace Marketplace.Application.Tests.Sweeps;

/// <summary>What a sweep finds, and how often. On both databases.</summary>
public abstract class DueWorkSweepTests(SweepFixture fixture)
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, int> done = new();

    private DueWorkSweep Sweep => SweepOf(fixture.Engine);

    [Fact]
    public async Task Whatever_is_due_is_done_exactly_once_over_many_pages_though_it_stays_due()
    {
        const string Purpose = "many";
        await fixture.Due(Purpose, AnHour, Streams(2 * DueWorkSweep.PageRows + 1));
        foreach (var i in Enumerable.Range(0, 20))
        {
            await fixture.Due(Purpose, TimeSpan.FromSeconds(i), $"late/{i}");
        }

        var report = await Sweep.Run(Purpose, Do);

        Assert.Equal(Streams(2 * DueWorkSweep.PageRows + 1).Concat(Enumerable.Range(0, 20).Select(i => $"late/{i}")).ToHashSet(), done.Keys.ToHashSet());
        Assert.All(done, d => Assert.Equal(1, d.Value));
        Assert.Equal(report with { Woken = done.Count, Failed = 0, Quarantined = 0, Postponed = 0 }, report);
    }

    [Fact]
    public async Task What_is_not_yet_due_or_no_longer_or_for_something_else_is_left_alone()
    {
        const string Purpose = "boundary";
        await fixture.Due(Purpose, TimeSpan.Zero, "test/now");
        await fixture.Due(Purpose, TimeSpan.FromMicroseconds(-1), "test/not-yet");
        await fixture.Due(Purpose, null, "test/no-longer");
        await fixture.Due("something-else", AnHour, "test/else");

        await Sweep.Run(Purpose, Do);

        Assert.Equal(["test/now"], done.Keys);
    }

    [Fact]
    public async Task What_comes_due_again_in_the_past_waits_for_the_next_run()
    {
        const string Purpose = "again";
        await fixture.Due(Purpose, AnHour, Streams(DueWorkSweep.PageRows));

        await Sweep.Run(Purpose, async stream =>
        {
            await fixture.Due(Purpose, AnHour / 2, stream);
            return await Do(stream);
        });

        Assert.Equal(DueWorkSweep.PageRows, done.Count);
        Assert.All(done, d => Assert.Equal(1, d.Value));
    }

    [Fact]
    public async Task Many_are_under_way_at_once_but_never_too_many()
    {
        const string Purpose = "flight";
        await fixture.Due(Purpose, AnHour, Streams(DueWorkSweep.MaxInFlight + 100));
        var full = new TaskCompletionSource();
        var (inFlight, most) = (0, 0);

        await Sweep.Run(Purpose, async stream =>
        {
            var now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            if (now == DueWorkSweep.MaxInFlight)
            {
                full.TrySetResult();
            }

            await full.Task;
            Interlocked.Decrement(ref inFlight);
            return await Do(stream);
        });

        Assert.Equal(DueWorkSweep.MaxInFlight, most);
        Assert.Equal(DueWorkSweep.MaxInFlight + 100, done.Count);
    }

    [Fact]
    public async Task Nodes_of_a_cluster_share_what_is_due()
    {
        const string Purpose = "shared";
        await fixture.Due(Purpose, AnHour, Streams(300));
        await using (var other = await TestEngine.Start(fixture.Storage, time: fixture.Time, joins: fixture.Engine))
        {
            await UntilAllSee(2, fixture.Engine, other);
            var reports = await Task.WhenAll(Sweep.Run(Purpose, Do), SweepOf(other).Run(Purpose, Do));

            Assert.Equal(300, done.Count);
            Assert.All(done, d => Assert.Equal(1, d.Value));
            Assert.All(reports, r => Assert.InRange(r.Woken, 100, 200));
        }

        await UntilAllSee(1, fixture.Engine);
        Assert.Equal(300, (await Sweep.Run(Purpose, Do)).Woken);
    }

    [Fact]
    public async Task A_sweep_that_is_cancelled_ends()
    {
        const string Purpose = "cancelled";
        await fixture.Due(Purpose, AnHour, Streams(2 * DueWorkSweep.PageRows));
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sweep.Run(
            Purpose,
            async stream =>
            {
                await stopping.CancelAsync();
                await Do(stream);
                throw new OperationCanceledException(stopping.Token); // as an action would that is told to stop
            },
            stopping.Token));

        Assert.InRange(done.Count, 1, DueWorkSweep.MaxInFlight);
        Assert.Empty(await fixture.Failures(Purpose));
    }

    private static async Task UntilAllSee(int nodes, params IEnumerable<TestEngine> engines)
    {
        foreach (var engine in engines)
        {
            var cluster = engine.Services.GetRequiredService<IClusterMembershipService>();
            await foreach (var seen in cluster.MembershipUpdates)
            {
                if (seen.Members.Values.Count(m => m.Status == SiloStatus.Active) == nodes)
                {
                    break;
                }
            }
        }
    }

    private static IEnumerable<string> Streams(int count) => Enumerable.Range(0, count).Select(i => $"test/{i}");

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = most; seen < now; seen = most)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }

    private Task<Answer> Do(string stream)
    {
        done.AddOrUpdate(stream, 1, (_, times) => times + 1);
        return Task.FromResult<Answer>(new Accepted(stream, 1));
    }
}

public sealed class DueWorkSweepOnSqlite(SweepsOnSqlite fixture) : DueWorkSweepTests(fixture), IClassFixture<SweepsOnSqlite>;

public sealed class DueWorkSweepOnPostgres(SweepsOnPostgres fixture) : DueWorkSweepTests(fixture), IClassFixture<SweepsOnPostgres>;
