using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Host.Seeds;
using Marketplace.Journal;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests.Seeds;

// Inside the namespace, so that the use case hides the rule of the same name.
using RegisterOrganisation = Application.Organisations.RegisterOrganisation;

/// <summary>However often, on whatever database and with whatever interruptions the demo data is played, it is the same data.</summary>
public sealed class SeedReplayTests(PlayedSeeds played) : IClassFixture<PlayedSeeds>
{
    private static readonly IReadOnlyList<SeedStep> Steps = SeedPlan.Steps();

    [Fact]
    public async Task A_second_replay_changes_nothing()
    {
        Assert.Equal(0, await played.Engine.Replay.Play(Steps));
        Assert.Equal(played.Heads, await played.Engine.Heads());
    }

    [Fact]
    public async Task PostgreSQL_ends_as_SQLite_does()
    {
        var cluster = await PostgresCluster.Shared;
        var connectionString = await cluster.CreateDatabase();
        await using (var engine = await SeedEngine.Start(connectionString))
        {
            Assert.Equal(Steps.Count, await engine.Replay.Play(Steps));
            Assert.Equal(played.Heads, await engine.Heads());
        }

        await cluster.DropDatabase(connectionString);
    }

    [Fact]
    public async Task Interrupted_after_any_step_it_goes_on_and_ends_the_same()
    {
        await using var engine = await SeedEngine.Start();
        for (var steps = 1; steps <= Steps.Count; steps++)
        {
            Assert.Equal(1, await engine.Replay.Play([.. Steps.Take(steps)]));
        }

        Assert.Equal(played.Heads, await engine.Heads());
    }

    [Fact]
    public async Task Killed_after_every_seventh_commit_it_goes_on_and_ends_the_same()
    {
        MortalJournal journal = null!;
        await using var engine = await SeedEngine.Start(wrap: inner => journal = new MortalJournal(inner));
        for (var isDone = false; !isDone;)
        {
            journal.LiveFor(7);
            try
            {
                await engine.Replay.Play(Steps);
                isDone = true;
            }
            catch (JournalUnavailableException)
            {
                // The next life goes on.
            }
        }

        Assert.Equal(played.Heads, await engine.Heads());
    }

    [Fact]
    public async Task The_next_start_finishes_what_was_interrupted_and_the_one_after_it_finds_nothing_to_do()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-seeds-").FullName;
        var connectionString = $"Data Source={Path.Combine(folder, "marketplace.db")};Pooling=False";
        await using (var engine = await SeedEngine.Start(connectionString))
        {
            await engine.Replay.Play([.. Steps.Take(Steps.Count / 2)]);
        }

        for (var start = 1; start <= 2; start++)
        {
            await using var engine = await SeedEngine.Start(connectionString);
            await engine.Replay.StartAsync(default);
            await engine.Services.GetRequiredService<ReplayProgress>().Ended;
            Assert.Equal(played.Heads, await engine.Heads());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_database_in_which_life_goes_on_keeps_what_it_has()
    {
        await using var engine = await SeedEngine.Start();
        await engine.Replay.Play([.. Steps.Take(Steps.Count / 2)]);
        await Register(engine);
        var before = await engine.Heads();

        Assert.Equal(0, await engine.Replay.Play(Steps));
        Assert.Equal(before, await engine.Heads());
    }

    [Fact]
    public async Task A_database_that_began_without_demo_data_never_gets_any()
    {
        await using var engine = await SeedEngine.Start();
        await Register(engine);

        Assert.Equal(0, await engine.Replay.Play(Steps));
        Assert.Single(await engine.Heads());
    }

    [Fact]
    public async Task What_lies_in_the_future_waits_for_its_day()
    {
        var machine = new SettableTime(TimeProvider.System);
        machine.StandAt(LocalTime.StartOf(new(2026, 6, 1)));
        await using var engine = await SeedEngine.Start(machine: machine);
        await engine.Replay.Play(Steps);

        var written = await engine.Journal.ReadAll(JournalPosition.Start, 10_000);
        Assert.True(written[^1].RecordedAtUtc <= machine.GetUtcNow());
        machine.StandAt(LocalTime.StartOf(new(2026, 12, 1)));
        Assert.NotEqual(0, await engine.Replay.Play(Steps));
        Assert.Equal(played.Heads, await engine.Heads());
    }

    [Fact]
    public void The_clock_goes_on_with_the_machines_time_afterwards()
    {
        var before = TimeProvider.System.GetUtcNow();
        var now = played.Engine.Services.GetRequiredService<SettableTime>().GetUtcNow();
        Assert.InRange(now, before, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task The_embedded_mode_has_them_as_soon_as_its_API_answers()
    {
        var host = RunningHost.AsShipped("Data Source=:memory:");
        await host.InitializeAsync();
        Assert.Equal(13, (await host.Get("/api/v1/catalog?limit=100")).Json["items"]!.AsArray().Count);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_production_database_gets_none_unless_told()
    {
        var cluster = await PostgresCluster.Shared;
        var connectionString = await cluster.CreateDatabase();
        var host = RunningHost.AsShipped(connectionString);
        await host.InitializeAsync();
        Assert.Empty((await host.Get("/api/v1/catalog?limit=100")).Json["items"]!.AsArray());
        await host.DisposeAsync();
        await cluster.DropDatabase(connectionString);
    }

    private static async Task Register(SeedEngine engine)
    {
        var registration = new RegisterOrganisation(
            Guid.NewGuid(), OrganisationKind.Company, new BilingualText("示例新企业", "Example newcomer"), RunningHost.ValidUscc);
        Assert.IsType<Accepted>(await engine.Services.GetRequiredService<MarketplaceDoor>().Send(Principal.Visitor, registration));
    }
}
