using System.Globalization;
using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Storage.Sqlite;

internal static class SqliteSchema
{
    /// <summary>Creates or upgrades the schema, each step in a transaction of its own.</summary>
    /// <exception cref="StorageRefusedException">The database must be left alone.</exception>
    public static void BringUp(SqliteConnection connection, IReadOnlyList<Migration> steps, StorageMode mode, TimeProvider time)
    {
        var pending = Migrations.Pending(steps, Find(connection), mode).ToList();
        if (mode == StorageMode.ReadOnly)
        {
            return;
        }

        // Stays in the file. A database in memory has no log and keeps its own mode.
        connection.Scalar<string>("PRAGMA journal_mode = WAL");
        foreach (var step in pending)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(step.Sql);
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO schema_version VALUES ('marketplace', {step.Version}, {Microseconds.Since1970(time.GetUtcNow())})"));
            transaction.Commit();
        }
    }

    private static SchemaFound Find(SqliteConnection connection)
    {
        var tables = connection.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table'");
        var ours = connection.Scalar<long>(
            "SELECT count(*) FROM pragma_table_info('schema_version') WHERE name IN ('product', 'version', 'applied_at_utc')") == 3;
        return new SchemaFound(tables > 0, ours ? (int)connection.Scalar<long>("SELECT coalesce(max(version), 0) FROM schema_version") : null);
    }
}
