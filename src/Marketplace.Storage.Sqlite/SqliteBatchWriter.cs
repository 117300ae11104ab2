using Marketplace.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Marketplace.Storage.Sqlite;

/// <summary>The one connection that writes. Every command is compared with its stream's head before it is written, inside the transaction.</summary>
internal sealed class SqliteBatchWriter(string connectionString) : IBatchWriter
{
    /// <summary>A leaf of an index that many batches touch is copied from a long log into the file once, from a short one again and again (docs/performance.md).</summary>
    private const string Settings =
        "PRAGMA busy_timeout = 10000; PRAGMA recursive_triggers = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; "
        + "PRAGMA wal_autocheckpoint = 16000;";

    private static readonly Rejection Stale = new(new InvalidOperationException("A stream does not stand where its command expects."), MayPass: false);

    private Statements? statements;

    public void Open() => statements = new Statements(connectionString, Settings);

    public Task<Rejection?> TryCommit(IReadOnlyList<PreparedCommand> batch) => Task.FromResult(Commit(batch));

    public Task<IReadOnlyList<CommitResult?>> Examine(IReadOnlyList<PreparedCommand> batch)
    {
        try
        {
            var use = Use();
            return Task.FromResult<IReadOnlyList<CommitResult?>>([.. batch.Select(c => Examine(use, c))]);
        }
        catch (SqliteException error) when (SqliteErrors.IsUnreachable(error))
        {
            throw new StorageUnreachableException(error);
        }
    }

    public Task Reconnect()
    {
        try
        {
            statements?.Dispose();
            statements = null;
            Open();
            return Task.CompletedTask;
        }
        catch (SqliteException error) when (SqliteErrors.IsUnreachable(error))
        {
            throw new StorageUnreachableException(error);
        }
    }

    public ValueTask DisposeAsync()
    {
        statements?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Statements Use() => statements ?? throw new InvalidOperationException("The writer is not open.");

    private Rejection? Commit(IReadOnlyList<PreparedCommand> batch)
    {
        var use = Use();
        try
        {
            use.Begin.Run();
            foreach (var command in batch)
            {
                if (!StandsWhereExpected(use, command))
                {
                    use.RollBack();
                    return Stale;
                }

                Write(use, command);
            }

            use.Commit.Run();
            return null;
        }
        catch (SqliteException error) when (SqliteErrors.IsUnreachable(error))
        {
            use.RollBack();
            throw new StorageUnreachableException(error);
        }
        catch (Exception error)
        {
            // Whatever it is, one command caused it, and its batch must not share it.
            use.RollBack();
            return new Rejection(error, MayPass: false);
        }
    }

    private static bool StandsWhereExpected(Statements use, PreparedCommand prepared)
    {
        var command = prepared.Command;
        var head = use.Head.Bind(1, command.Stream);
        try
        {
            return head.Step()
                ? head.Int64(0) == command.ExpectedVersion && head.BlobEquals(1, command.ExpectedHash.Span)
                : command.ExpectedVersion == 0;
        }
        finally
        {
            head.Reset();
        }
    }

    private static void Write(Statements use, PreparedCommand prepared)
    {
        var command = prepared.Command;
        for (var i = 0; i < command.Events.Count; i++)
        {
            var happened = command.Events[i];
            use.InsertEvent
                .Bind(1, command.Stream)
                .Bind(2, command.ExpectedVersion + i + 1)
                .Bind(3, happened.Type)
                .Bind(4, happened.Body)
                .Bind(5, command.CommandId)
                .Bind(6, i)
                .Bind(7, prepared.LastVersion)
                .Bind(8, command.RequestHash.Span)
                .Bind(9, command.Actor)
                .Bind(10, Microseconds.Since1970(command.RecordedAtUtc))
                .Bind(11, prepared.PreviousHash(i).Span)
                .Bind(12, prepared.Hashes[i])
                .Run();
            if (happened.Postings.Count > 0)
            {
                WritePostings(use, command.Stream, command.ExpectedVersion + i + 1, happened.Postings);
            }
        }

        foreach (var row in command.Rows)
        {
            var upsert = use.Upsert(row.Table);
            for (var i = 0; i < row.Values.Count; i++)
            {
                BindValue(upsert, i + 1, row.Values[i]);
            }

            upsert.Run();
        }

        if (command.Snapshot is { } snapshot)
        {
            use.UpsertSnapshot.Bind(1, command.Stream).Bind(2, prepared.LastVersion).Bind(3, snapshot.Schema).Bind(4, snapshot.Body).Run();
        }
    }

    private static void WritePostings(Statements use, string stream, long version, IReadOnlyList<Posting> postings)
    {
        var position = sqlite3_last_insert_rowid(use.Handle) * PreparedCommand.PostingsPerEventLimit;
        var leg = 0;
        for (var i = 0; i < postings.Count; i++)
        {
            var posting = postings[i];
            leg = i > 0 && postings[i - 1].Entry == posting.Entry ? leg + 1 : 0;
            use.InsertPosting
                .Bind(1, position + i)
                .Bind(2, stream)
                .Bind(3, version)
                .Bind(4, posting.Entry)
                .Bind(5, leg)
                .Bind(6, posting.Account)
                .Bind(7, posting.Currency)
                .Bind(8, posting.AmountMinor)
                .Bind(9, posting.BalanceAfterMinor)
                .Run();
        }
    }

    private static void BindValue(SqliteStatement statement, int parameter, object? value) => _ = value switch
    {
        null => statement.Bind(parameter, (string?)null),
        string text => statement.Bind(parameter, text),
        long number => statement.Bind(parameter, number),
        int number => statement.Bind(parameter, number),
        bool truth => statement.Bind(parameter, truth ? 1 : 0),
        DateTime instant => statement.Bind(parameter, Microseconds.Since1970(instant)),
        DateOnly date => statement.Bind(parameter, date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"No column holds a {value.GetType().Name}."),
    };

    private static CommitResult? Examine(Statements use, PreparedCommand prepared)
    {
        var known = use.FindCommand.Bind(1, prepared.Command.CommandId);
        try
        {
            if (known.Step())
            {
                var first = new RecordedCommand(prepared.Command.CommandId, known.Text(0), known.Int64(1), known.Blob(2));
                var same = first.Stream == prepared.Stream && first.Version == prepared.LastVersion && known.BlobEquals(3, prepared.HeadHash.Span);
                return same ? prepared.Committed : new CommitResult.Duplicate(first);
            }
        }
        finally
        {
            known.Reset();
        }

        return StandsWhereExpected(use, prepared) ? null : new CommitResult.Conflict();
    }

    /// <summary>An open connection with everything prepared on it.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly Dictionary<string, (TableSchema Table, SqliteStatement Statement)> upserts = new(StringComparer.Ordinal);

        public Statements(string connectionString, string settings)
        {
            connection = new SqliteConnection(connectionString);
            try
            {
                connection.Open();
                connection.Execute(settings);
                Handle = connection.Handle!;
                Begin = new(Handle, "BEGIN IMMEDIATE");
                Commit = new(Handle, "COMMIT");
                Head = new(Handle, "SELECT version, hash FROM events WHERE stream = ?1 ORDER BY version DESC LIMIT 1");
                InsertEvent = new(Handle,
                    "INSERT INTO events (stream, version, type, body, command_id, command_ordinal, command_last_version, request_hash, actor, "
                    + "recorded_at_utc, previous_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
                InsertPosting = new(Handle,
                    "INSERT INTO postings (position, stream, version, entry, leg, account, currency, amount_minor, balance_after_minor) "
                    + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
                UpsertSnapshot = new(Handle,
                    "INSERT INTO snapshots (stream, version, schema, body) VALUES (?1, ?2, ?3, ?4) "
                    + "ON CONFLICT (stream) DO UPDATE SET version = excluded.version, schema = excluded.schema, body = excluded.body");
                FindCommand = new(Handle,
                    "SELECT c.stream, c.command_last_version, c.request_hash, last.hash FROM events c "
                    + "JOIN events last ON last.stream = c.stream AND last.version = c.command_last_version "
                    + "WHERE c.command_id = ?1 AND c.command_ordinal = 0");
            }
            catch (SqliteException)
            {
                Dispose();
                throw;
            }
        }

        public sqlite3 Handle { get; } = null!;

        public SqliteStatement Begin { get; } = null!;

        public SqliteStatement Commit { get; } = null!;

        public SqliteStatement Head { get; } = null!;

        public SqliteStatement InsertEvent { get; } = null!;

        public SqliteStatement InsertPosting { get; } = null!;

        public SqliteStatement UpsertSnapshot { get; } = null!;

        public SqliteStatement FindCommand { get; } = null!;

        public SqliteStatement Upsert(TableSchema table)
        {
            if (!upserts.TryGetValue(table.Name, out var known))
            {
                known = (table, new SqliteStatement(Handle, UpsertSql(table)));
                upserts.Add(table.Name, known);
            }

            return ReferenceEquals(known.Table, table) || known.Table.Columns.SequenceEqual(table.Columns)
                ? known.Statement
                : throw new InvalidOperationException($"Two different shapes of table {table.Name} are in use.");
        }

        /// <summary>Some errors (disk full) have rolled back already.</summary>
        public void RollBack()
        {
            if (sqlite3_get_autocommit(Handle) == 0)
            {
                connection.Execute("ROLLBACK");
            }
        }

        /// <summary>Closing the connection finalizes nothing that was prepared past it, so statements go first.</summary>
        public void Dispose()
        {
            foreach (var statement in new[] { Begin, Commit, Head, InsertEvent, InsertPosting, UpsertSnapshot, FindCommand })
            {
                statement?.Dispose();
            }

            foreach (var (_, statement) in upserts.Values)
            {
                statement.Dispose();
            }

            connection.Dispose();
        }

        private static string UpsertSql(TableSchema table)
        {
            var names = table.Columns.Select(c => $"\"{c.Name}\"").ToList();
            var sets = names.Skip(table.KeyLength).Select(n => $"{n} = excluded.{n}").ToList();
            return $"INSERT INTO \"{table.Name}\" ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select((_, i) => $"?{i + 1}"))}) "
                + $"ON CONFLICT ({string.Join(", ", names.Take(table.KeyLength))}) DO "
                + (sets.Count == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", sets)}");
        }
    }
}
