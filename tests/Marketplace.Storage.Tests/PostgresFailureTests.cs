using System.Collections.Concurrent;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Testing;
using Npgsql;
using Xunit;

namespace Marketplace.Storage.Tests;

/// <summary>Connections cut and servers killed in the middle of commits: what was acknowledged is there, exactly once.</summary>
public sealed class PostgresFailureTests
{
    private const int Streams = 60;

    [Fact(Timeout = 120_000)]
    public async Task Writers_whose_backends_are_terminated_lose_nothing_and_repeat_nothing()
    {
        await using var database = await PostgresDatabase.Create();
        await using var storage = database.NewStorage();
        await storage.Open();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var acknowledged = new ConcurrentDictionary<string, long>();
        var writers = Write(storage.Journal, acknowledged, ending.Token);

        for (var killed = 0; killed < 12;)
        {
            killed += (int)await database.Scalar<long>("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and application_name = 'marketplace' and pid <> pg_backend_pid() and state = 'active'
                """);
        }

        await ending.CancelAsync();
        await writers;
        await AssertExactlyOnce(storage, acknowledged);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_crashes_in_mid_load_and_recovers_is_continued_without_loss()
    {
        await using var cluster = await PostgresCluster.Start(durable: false);
        await using var storage = new PostgresStorage(await cluster.CreateDatabase(), TimeProvider.System);
        await storage.Open();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var acknowledged = new ConcurrentDictionary<string, long>();
        var writers = Write(storage.Journal, acknowledged, ending.Token);

        for (var crash = 0; crash < 2; crash++)
        {
            var before = acknowledged.Values.Sum();
            await cluster.Crash();
            while (acknowledged.Values.Sum() < before + 500)
            {
                await Task.Yield();
            }
        }

        await ending.CancelAsync();
        await writers;
        await AssertExactlyOnce(storage, acknowledged);
    }

    [Fact]
    public async Task A_transaction_in_flight_holds_readers_back_instead_of_being_skipped()
    {
        await using var database = await PostgresDatabase.Create();
        await using var storage = database.NewStorage();
        await storage.Open();
        await using var connection = (NpgsqlConnection)database.NewConnection();
        await connection.OpenAsync();
        await using (var open = await connection.BeginTransactionAsync())
        {
            await using var take = new NpgsqlCommand("select pg_current_xact_id()", connection);
            await take.ExecuteScalarAsync();
            await new Script("agreement/later").Play(storage.Journal);
            Assert.Empty(await storage.Journal.ReadAll(JournalPosition.Start, 10));
            Assert.Empty(await storage.Journal.ReadPlaces(JournalPosition.Start, 10));
            Assert.Null(await storage.Journal.LastPlace());
            await open.CommitAsync();
        }

        IReadOnlyList<RecordedEvent> seen;
        do
        {
            seen = await storage.Journal.ReadAll(JournalPosition.Start, 10);
        }
        while (seen.Count == 0);

        Assert.Equal("agreement/later", seen[0].Stream);
    }

    private static Task Write(IJournal journal, ConcurrentDictionary<string, long> acknowledged, CancellationToken ending) =>
        Task.WhenAll(Enumerable.Range(0, Streams).Select(i => Task.Run(async () =>
        {
            var script = new Script($"agreement/{i}");
            while (!ending.IsCancellationRequested)
            {
                Assert.IsType<CommitResult.Committed>(await script.Play(journal));
                acknowledged[script.Stream] = script.Version;
            }
        })));

    private static async Task AssertExactlyOnce(IStorage storage, ConcurrentDictionary<string, long> acknowledged)
    {
        Assert.Equal(
            acknowledged.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value)),
            (await storage.Journal.ReadHeads().ToListAsync()).Select(h => (h.Stream, h.Version)));
        Assert.Empty(await JournalCheck.Run(storage.Audit).ToListAsync());
    }
}
