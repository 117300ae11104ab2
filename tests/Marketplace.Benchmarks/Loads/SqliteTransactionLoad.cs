using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Benchmarks.Loads;

/// <summary>One transaction per command on SQLite: write-ahead log, synchronous=FULL, prepared statements, one connection.</summary>
internal sealed class SqliteTransactionLoad : ILoad
{
    private const int Accounts = 4096;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insertEvent;
    private readonly SqliteCommand insertPosting;
    private readonly SqliteCommand upsertRow;
    private readonly long[] versions = new long[Accounts];
    private long position;

    /// <param name="connectionString">A file with the journal's tables, closed.</param>
    public SqliteTransactionLoad(string connectionString)
    {
        connection = new SqliteConnection(connectionString);
        connection.Open();
        using (var settings = connection.CreateCommand())
        {
            settings.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000;";
            settings.ExecuteNonQuery();
        }

        insertEvent = Prepare(
            "insert into events (position, stream, version, type, body, command_id, command_ordinal, command_last_version, request_hash, actor, "
            + "recorded_at_utc, previous_hash, hash) values ({0})", 13);
        insertPosting = Prepare(
            "insert into postings (position, stream, version, entry, leg, account, currency, amount_minor, balance_after_minor) values ({0})", 9);
        upsertRow = Prepare(
            "insert into charged_accounts (account, kind, status, due_on, currency, charges, owed_minor) values ({0}) "
            + "on conflict (account) do update set kind = excluded.kind, status = excluded.status, due_on = excluded.due_on, "
            + "currency = excluded.currency, charges = excluded.charges, owed_minor = excluded.owed_minor", 7);
    }

    public string Name => "SQLite, a transaction per command, one connection";

    public Task<double> Run(TimeSpan duration) => ClosedLoop.Run(1, duration, (_, turn) =>
    {
        using var transaction = connection.BeginTransaction();
        var account = Random.Shared.Next(Accounts);
        var stream = $"tx/{account:d5}";
        var (count, command) = (1 + (turn % 2), Guid.NewGuid().ToByteArray());
        var last = versions[account] + count;
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            var version = ++versions[account];
            var (type, body) = ordinal == 0 ? (Sample.ChargedType, Sample.Charged) : (Sample.RemindedType, Sample.Reminded);
            Run(insertEvent, transaction, ++position, stream, version, type, body, command, ordinal, last, Sample.Hash, Sample.Actor,
                Microseconds.Since1970(DateTime.UtcNow), version == 1 ? Array.Empty<byte>() : Sample.Hash, Sample.Hash);
        }

        Run(insertPosting, transaction, position * 4096, stream, last, 0, 0, "receivable.principal", "CNY", 12_345L, 12_345L);
        Run(insertPosting, transaction, (position * 4096) + 1, stream, last, 0, 1, "lab.uncollected", "CNY", -12_345L, -12_345L);
        Run(upsertRow, transaction, stream, "royalty", "due", "2026-09-30", "CNY", turn, 12_345L);
        transaction.Commit();
        return Task.FromResult(1);
    });

    public async ValueTask DisposeAsync()
    {
        await insertEvent.DisposeAsync();
        await insertPosting.DisposeAsync();
        await upsertRow.DisposeAsync();
        await connection.DisposeAsync();
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, sql, string.Join(", ", Enumerable.Range(1, parameters).Select(i => $"$p{i}")));
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}", Value = 0 });
        }

        command.Prepare();
        return command;
    }

    private static void Run(SqliteCommand command, SqliteTransaction within, params object[] values)
    {
        command.Transaction = within;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }
}
