using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Marketplace.Storage.Sqlite;

/// <summary>Pooled connections that wait for a lock instead of failing, and cannot slip past the append-only triggers with REPLACE.</summary>
internal sealed class SqliteDataSource(string connectionString, bool readOnly) : DbDataSource
{
    public const string Settings = "PRAGMA busy_timeout = 10000; PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = ON;";

    public override string ConnectionString => connectionString;

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            connection.Execute(readOnly ? Settings + "PRAGMA query_only = ON;" : Settings);
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    protected override DbConnection OpenDbConnection() => Open();

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(Open());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var named = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(named);
        }
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return ValueTask.CompletedTask;
    }
}

internal static class SqliteConnections
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static T? Scalar<T>(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T?)command.ExecuteScalar();
    }
}
