using System.Data.Common;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Storage.Sqlite;
using Marketplace.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Marketplace.Storage.Tests;

/// <summary>An empty database for one test, and the way around the storage that a vandal would take.</summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>A read table with a column of each type and a CHECK that a bad row can break.</summary>
    public static readonly TableSchema Cards = new("cards", 1,
    [
        new("id", ColumnType.Text), new("amount_minor", ColumnType.Int64), new("rank", ColumnType.Int32),
        new("is_open", ColumnType.Boolean), new("due_at_utc", ColumnType.Instant), new("due_on", ColumnType.Date),
    ]);

    public abstract string ConnectionString { get; }

    protected abstract string CardsSql { get; }

    /// <summary>A storage on this database, not opened.</summary>
    public abstract IStorage NewStorage();

    public abstract DbConnection NewConnection();

    /// <summary>Runs SQL with the append-only triggers out of the way.</summary>
    public abstract Task Tamper(string sql);

    public Task CreateCards() => Execute(CardsSql);

    public async Task Execute(string sql)
    {
        await using var connection = NewConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = NewConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public abstract ValueTask DisposeAsync();
}

public sealed class SqliteDatabase : Database
{
    private readonly string folder = Directory.CreateTempSubdirectory("marketplace-sqlite-").FullName;

    public string File => Path.Combine(folder, "journal.db");

    public override string ConnectionString => $"Data Source={File}";

    protected override string CardsSql =>
        "create table cards (id text primary key, amount_minor integer not null check (amount_minor >= 0), rank integer, is_open integer, "
        + "due_at_utc integer, due_on text) strict";

    public override IStorage NewStorage() => new SqliteStorage(ConnectionString, TimeProvider.System);

    public override DbConnection NewConnection() => new SqliteConnection(ConnectionString + ";Pooling=False;Foreign Keys=False");

    public override Task Tamper(string sql) => Execute($"""
        drop trigger events_no_update; drop trigger events_no_delete; drop trigger postings_no_update; drop trigger postings_no_delete;
        {sql}
        """);

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgresDatabase : Database
{
    private readonly PostgresCluster cluster;

    private PostgresDatabase(PostgresCluster cluster, string connectionString)
    {
        this.cluster = cluster;
        ConnectionString = connectionString;
    }

    public override string ConnectionString { get; }

    protected override string CardsSql =>
        "create table cards (id text primary key, amount_minor bigint not null check (amount_minor >= 0), rank integer, is_open boolean, "
        + "due_at_utc timestamptz, due_on date)";

    public static async Task<Database> Create()
    {
        var cluster = await PostgresCluster.Shared;
        return new PostgresDatabase(cluster, await cluster.CreateDatabase());
    }

    public override IStorage NewStorage() => new PostgresStorage(ConnectionString, TimeProvider.System);

    public override DbConnection NewConnection() => new NpgsqlConnection(ConnectionString + ";Pooling=False");

    public override Task Tamper(string sql) => Execute($"""
        alter table events disable trigger events_append_only; alter table postings disable trigger postings_append_only;
        {sql}
        """);

    public override async ValueTask DisposeAsync() => await cluster.DropDatabase(ConnectionString);
}
