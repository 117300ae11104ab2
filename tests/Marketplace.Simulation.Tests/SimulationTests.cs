using Marketplace.Domain;
using Marketplace.Testing;
using Xunit;

namespace Marketplace.Simulation.Tests;

public sealed class SimulationTests : IAsyncLifetime
{
    private static readonly string[] Story = ["simulate", "--agreements", "24", "--years", "2", "--seed", "11"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-simulation-tests-");
    private PostgresCluster cluster = null!;
    private string postgres = "";

    private string Sqlite => $"Data Source={Path.Combine(folder.FullName, "simulation.db")}";

    public async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.Shared;
        postgres = await cluster.CreateDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DropDatabase(postgres);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Killed_again_and_again_it_ends_with_the_same_ledger_on_both_databases()
    {
        var whole = await Play();
        var killedOnSqlite = await PlayAndKill(Sqlite);
        var killedOnPostgres = await PlayAndKill(postgres);

        Assert.Equal(whole, killedOnSqlite);
        Assert.Equal(whole, killedOnPostgres);
        await CheckIsGreen(Sqlite);
        await CheckIsGreen(postgres);
    }

    [Fact]
    public async Task A_portfolio_comes_through_every_state_trigger_step_and_template()
    {
        var ended = await HostProgram.Run(folder.FullName, "C.UTF-8", "simulate", "--agreements", "200", "--years", "3", "--seed", "7");
        Assert.Equal(0, ended.ExitCode);
        var coverage = ended.Output.Where(l => l.StartsWith("coverage ", StringComparison.Ordinal)).ToList();
        Assert.Equal(["coverage states", "coverage triggers", "coverage steps", "coverage talks", "coverage trials", "coverage templates"], coverage.Select(l => l[..l.LastIndexOf(' ')]));
        Assert.All(coverage, l => Assert.Matches(@" (\d+)/\1$", l));
    }

    [Fact]
    public async Task Another_seed_is_another_story() =>
        Assert.NotEqual(
            await Digest("simulate", "--agreements", "4", "--years", "1", "--seed", "1"),
            await Digest("simulate", "--agreements", "4", "--years", "1", "--seed", "2"));

    [Fact]
    public async Task A_database_that_holds_something_else_is_refused()
    {
        await Digest("simulate", "--agreements", "1", "--years", "1", "--seed", "1", "--database", Sqlite);
        var other = await HostProgram.Run(folder.FullName, "C.UTF-8", "simulate", "--agreements", "1", "--years", "1", "--seed", "2", "--database", Sqlite);
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("holds other data", Assert.Single(other.Error), StringComparison.Ordinal);
    }

    /// <summary>Kills the process (SIGKILL: no handler, no flush) at each of its first signs of progress, and at last lets it end.</summary>
    private async Task<string> PlayAndKill(string database)
    {
        for (var kills = 0; kills < 4; kills++)
        {
            using var victim = HostProgram.Start(folder.FullName, "C.UTF-8", [.. Story, "--database", database]);
            for (var signs = 0; signs <= 1; signs++)
            {
                Assert.NotNull(await victim.StandardError.ReadLineAsync()); // it had not ended by itself
            }

            victim.Kill();
            await victim.WaitForExitAsync();
        }

        return await Play("--database", database);
    }

    private Task<string> Play(params string[] more) => Digest([.. Story, .. more]);

    private async Task<string> Digest(params string[] arguments)
    {
        var ended = await HostProgram.Run(folder.FullName, "C.UTF-8", arguments);
        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.Output.Concat(ended.Error)));
        Assert.Matches("^ledger digest [0-9a-f]{64}$", ended.Output[^1]);
        return ended.Output[^1];
    }

    private async Task CheckIsGreen(string database)
    {
        var ended = await HostProgram.Run(folder.FullName, "C.UTF-8", "check", "--database", database);
        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.Output));
        Assert.Equal(Invariant.Names.Count, ended.Output.Count(line => line.StartsWith("invariant ", StringComparison.Ordinal) && line.Contains(" ok", StringComparison.Ordinal)));
    }
}
