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
        var whole = await Play([]);
        var killedOnSqlite = await PlayAndKill(Sqlite);
        var killedOnPostgres = await PlayAndKill(postgres);

        Assert.Equal(whole, killedOnSqlite);
        Assert.Equal(whole, killedOnPostgres);
        await CheckIsGreen(Sqlite);
        await CheckIsGreen(postgres);
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
        using var other = MarketplaceProcess.Start(["simulate", "--agreements", "1", "--years", "1", "--seed", "2", "--database", Sqlite]);
        var (exitCode, _, error) = await other.End();
        Assert.Equal(3, exitCode);
        Assert.Contains("holds other data", error, StringComparison.Ordinal);
    }

    /// <summary>Kills the process at each of its first signs of progress, and at last lets it end.</summary>
    private static async Task<string> PlayAndKill(string database)
    {
        for (var kills = 0; kills < 4; kills++)
        {
            using var victim = MarketplaceProcess.Start([.. Story, "--database", database]);
            for (var signs = 0; signs <= 1; signs++)
            {
                Assert.NotNull(await victim.NextErrorLine()); // it had not ended by itself
            }

            await victim.Kill();
        }

        return await Play(["--database", database]);
    }

    private static Task<string> Play(string[] more) => Digest([.. Story, .. more]);

    private static async Task<string> Digest(params string[] arguments)
    {
        using var process = MarketplaceProcess.Start(arguments);
        var (exitCode, output, error) = await process.End();
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}");
        var last = output.TrimEnd().Split('\n')[^1];
        Assert.Matches("^ledger digest [0-9a-f]{64}$", last);
        return last;
    }

    private static async Task CheckIsGreen(string database)
    {
        using var process = MarketplaceProcess.Start(["check", "--database", database]);
        var (exitCode, output, _) = await process.End();
        Assert.True(exitCode == 0, output);
        Assert.Equal(19, output.Split('\n').Count(line => line.StartsWith("invariant ", StringComparison.Ordinal) && line.Contains(" ok", StringComparison.Ordinal)));
    }
}
