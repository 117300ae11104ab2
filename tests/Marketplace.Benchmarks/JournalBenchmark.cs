using Marketplace.Benchmarks.Loads;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Storage.Sqlite;
using Marketplace.Testing;

namespace Marketplace.Benchmarks;

/// <summary>Durable commands per second of this engine, beside other ways to write the same.</summary>
internal static class JournalBenchmark
{
    public static async Task<bool> Run(int rounds, TimeSpan each, bool onSqliteOnly)
    {
        var isMet = onSqliteOnly || await OnPostgres(rounds, each);
        return await OnSqlite(rounds, each) && isMet;
    }

    private static async Task<bool> OnPostgres(int rounds, TimeSpan each)
    {
        await using var cluster = await PostgresCluster.Start(durable: true);
        var plain = await Emptied(cluster);
        await using var engine = await ChargeLoad.Start(await cluster.CreateDatabase());
        await using var pgbench = new PgbenchLoad(plain);
        await using var raw = new RawBatchLoad(plain);
        await using var receipts = await ReceiptLoad.Start(await cluster.CreateDatabase());
        var measured = new Rounds([pgbench, engine, raw, receipts]);
        await measured.Run(rounds, each);
        await engine.Verify();

        Report.Heading("PostgreSQL, fsync on", "durable commands per second");
        Report.Row(pgbench.Name, measured.Of(pgbench));
        Report.Row(engine.Name, measured.Of(engine));
        Report.Row(raw.Name, measured.Of(raw));
        Report.Row(receipts.Name, measured.Of(receipts));
        var (overPgbench, overRaw) = (measured.Ratio(engine, pgbench), measured.Ratio(engine, raw));
        Report.Row("engine / pgbench, per round", overPgbench, "0.00");
        Report.Row("engine / raw batches, per round", overRaw, "0.00");
        return Report.Ratio("journal-postgres-vs-pgbench", overPgbench.Median, 4)
            & Report.Ratio("journal-postgres-vs-raw-batches", overRaw.Median, 0.6);
    }

    private static async Task<bool> OnSqlite(int rounds, TimeSpan each)
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-benchmark-");
        try
        {
            var plain = $"Data Source={Path.Combine(folder.FullName, "plain.db")}";
            await WithTables(new SqliteStorage(plain, TimeProvider.System));
            await using var engine = await ChargeLoad.Start($"Data Source={Path.Combine(folder.FullName, "engine.db")}");
            await using var transactions = new SqliteTransactionLoad(plain);
            await using var receipts = await ReceiptLoad.Start($"Data Source={Path.Combine(folder.FullName, "receipts.db")}");
            var measured = new Rounds([transactions, engine, receipts]);
            await measured.Run(rounds, each);
            await engine.Verify();

            Report.Heading("SQLite, write-ahead log, synchronous=FULL", "durable commands per second");
            Report.Row(transactions.Name, measured.Of(transactions));
            Report.Row(engine.Name, measured.Of(engine));
            Report.Row(receipts.Name, measured.Of(receipts));
            var ratio = measured.Ratio(engine, transactions);
            Report.Row("engine / transaction per command, per round", ratio, "0.00");
            return Report.Ratio("journal-sqlite-vs-transaction-per-command", ratio.Median, 5);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A database with the journal's own tables for those who do without the engine.</summary>
    private static async Task<string> Emptied(PostgresCluster cluster)
    {
        var connectionString = await cluster.CreateDatabase();
        await WithTables(new PostgresStorage(connectionString, TimeProvider.System));
        return connectionString;
    }

    private static async Task WithTables(IStorage storage)
    {
        await using (storage)
        {
            await storage.Open();
            await using var table = storage.DataSource.CreateCommand(ChargedAccountRow.Table);
            await table.ExecuteNonQueryAsync();
        }
    }
}
