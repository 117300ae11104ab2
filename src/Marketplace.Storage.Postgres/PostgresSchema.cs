using Marketplace.Journal;
using Npgsql;

namespace Marketplace.Storage.Postgres;

internal static class PostgresSchema
{
    /// <summary>Arbitrary but fixed: hosts that start together take turns.</summary>
    private const long StartLock = 0x4d4b5450_00000001;

    /// <summary>Creates or upgrades the schema, all steps in one transaction.</summary>
    /// <exception cref="StorageRefusedException">The database must be left alone.</exception>
    public static async Task BringUp(
        NpgsqlConnection connection, IReadOnlyList<Migration> steps, StorageMode mode, TimeProvider time, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (mode == StorageMode.ReadWrite)
        {
            await Execute(connection, "select pg_advisory_xact_lock($1)", cancel, new NpgsqlParameter<long> { TypedValue = StartLock });
        }

        foreach (var step in Migrations.Pending(steps, await Find(connection, cancel), mode))
        {
            await Execute(connection, step.Sql, cancel);
            await Execute(
                connection, "insert into schema_version values ('marketplace', $1, $2)", cancel,
                new NpgsqlParameter<int> { TypedValue = step.Version },
                new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        }

        if (mode == StorageMode.ReadWrite)
        {
            await AdoptRestoredEvents(connection, cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>
    /// A dump restored on a younger server brings events of transactions that this server has not reached: readers would wait for those
    /// to end, and order new events before them. Such events are all over, so they move to the beginning, in the order of their positions.
    /// Who followed them in the old order looks at the last of them again: what people were told of, they are not told again.
    /// </summary>
    private static Task AdoptRestoredEvents(NpgsqlConnection connection, CancellationToken cancel) => Execute(
        connection,
        """
        do $$
        begin
            if exists (select from events where tx >= pg_snapshot_xmax(pg_current_snapshot())) then
                alter table events disable trigger events_append_only;
                update events set tx = '0';
                alter table events enable always trigger events_append_only;
                update notice_positions set epoch = 0, place = greatest(0, place - 10000) where name = 'journal';
            end if;
        end $$
        """,
        cancel);

    private static async Task<SchemaFound> Find(NpgsqlConnection connection, CancellationToken cancel)
    {
        const string Tables = """
            select count(*), count(*) filter (where relname = 'schema_version' and (
                select count(*) from pg_attribute where attrelid = c.oid and attname in ('product', 'version', 'applied_at_utc')) = 3)
            from pg_class c
            where relkind in ('r', 'p', 'v', 'm', 'f') and relnamespace = current_schema()::regnamespace
            """;
        long tables, ours;
        await using (var command = new NpgsqlCommand(Tables, connection))
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            await rows.ReadAsync(cancel);
            (tables, ours) = (rows.GetInt64(0), rows.GetInt64(1));
        }

        if (ours == 0)
        {
            return new SchemaFound(tables > 0, null);
        }

        await using var version = new NpgsqlCommand("select coalesce(max(version), 0) from schema_version", connection);
        return new SchemaFound(true, (int)(await version.ExecuteScalarAsync(cancel))!);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
