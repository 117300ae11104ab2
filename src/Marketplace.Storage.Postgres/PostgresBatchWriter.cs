using Marketplace.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Storage.Postgres;

/// <summary>
/// Writes a batch in one round trip: one <c>INSERT … SELECT FROM unnest</c> per table, without BEGIN, which makes the statements
/// one implicit transaction. Rows go in the order of their keys, so that two writers cannot wait for each other.
/// </summary>
internal sealed class PostgresBatchWriter(NpgsqlDataSource source) : IBatchWriter
{
    private NpgsqlConnection? connection;

    public async Task Open(CancellationToken cancel)
    {
        var opened = await source.OpenConnectionAsync(cancel);
        try
        {
            // An acknowledged command is a durable one, whatever the server's default is; stricter settings (remote_apply) stay.
            await using var durable = new NpgsqlCommand(
                "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'", opened);
            await durable.ExecuteNonQueryAsync(cancel);
            connection = opened;
        }
        catch (NpgsqlException)
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async Task<Rejection?> TryCommit(IReadOnlyList<PreparedCommand> batch)
    {
        try
        {
            await using var statements = Compose(Use(), [.. batch.OrderBy(c => c.Stream, StringComparer.Ordinal)]);
            await statements.ExecuteNonQueryAsync();
            return null;
        }
        catch (Exception error) when (PostgresErrors.IsUnreachable(error))
        {
            throw new StorageUnreachableException(error);
        }
        catch (PostgresException error)
        {
            return new Rejection(error, PostgresErrors.MayPass(error));
        }
        catch (Exception error)
        {
            // A value that cannot be sent: one command's fault, which its batch must not share. The protocol stands wherever it stopped.
            await Reconnect();
            return new Rejection(error, MayPass: false);
        }
    }

    public async Task<IReadOnlyList<CommitResult?>> Examine(IReadOnlyList<PreparedCommand> batch)
    {
        const string Sql = """
            select c.stream, c.command_last_version, c.request_hash, last.hash, head.version, head.hash
            from unnest($1, $2) with ordinality as asked (command_id, stream, place)
            left join events c on c.command_id = asked.command_id and c.command_ordinal = 0
            left join events last on last.stream = c.stream and last.version = c.command_last_version
            left join lateral (select e.version, e.hash from events e where e.stream = asked.stream order by e.version desc limit 1) head on true
            order by asked.place
            """;
        try
        {
            await using var command = new NpgsqlCommand(Sql, Use());
            command.Parameters.Add(Arrays.Of(NpgsqlDbType.Uuid, batch, c => c.Command.CommandId));
            command.Parameters.Add(Arrays.Of(NpgsqlDbType.Text, batch, c => c.Stream));
            await using var rows = await command.ExecuteReaderAsync();
            var verdicts = new List<CommitResult?>(batch.Count);
            while (await rows.ReadAsync())
            {
                verdicts.Add(Judge(batch[verdicts.Count], rows));
            }

            return verdicts;
        }
        catch (Exception error) when (PostgresErrors.IsUnreachable(error))
        {
            throw new StorageUnreachableException(error);
        }
    }

    public async Task Reconnect()
    {
        try
        {
            await DisposeAsync();
            await Open(CancellationToken.None);
        }
        catch (Exception error) when (PostgresErrors.IsUnreachable(error))
        {
            source.Clear(); // what killed one connection has killed the idle ones too
            throw new StorageUnreachableException(error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
            connection = null;
        }
    }

    private NpgsqlConnection Use() => connection ?? throw new InvalidOperationException("The writer is not open.");

    private static CommitResult? Judge(PreparedCommand prepared, NpgsqlDataReader row)
    {
        var command = prepared.Command;
        if (!row.IsDBNull(0))
        {
            var first = new RecordedCommand(command.CommandId, row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
            var same = first.Stream == command.Stream
                && first.Version == prepared.LastVersion
                && !row.IsDBNull(3)
                && prepared.HeadHash.Span.SequenceEqual(row.GetFieldValue<byte[]>(3));
            return same ? prepared.Committed : new CommitResult.Duplicate(first);
        }

        var stands = row.IsDBNull(4)
            ? command.ExpectedVersion == 0
            : row.GetInt64(4) == command.ExpectedVersion && command.ExpectedHash.Span.SequenceEqual(row.GetFieldValue<byte[]>(5));
        return stands ? null : new CommitResult.Conflict();
    }

    private static NpgsqlBatch Compose(NpgsqlConnection connection, List<PreparedCommand> commands)
    {
        var statements = new NpgsqlBatch(connection);
        void Add(NpgsqlBatchCommand? statement)
        {
            if (statement is not null)
            {
                statements.BatchCommands.Add(statement);
            }
        }

        Add(JournalInserts.Events(commands));
        Add(JournalInserts.Postings(commands));
        Add(JournalInserts.Snapshots(commands));
        foreach (var table in commands.SelectMany(c => c.Command.Rows).GroupBy(r => r.Table.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Add(RowUpsert.Of([.. table]));
        }

        return statements;
    }
}
