using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Marketplace.Testing;

/// <summary>
/// A PostgreSQL server for tests: the one that <c>MARKETPLACE_TEST_POSTGRES</c> names, or a private cluster in a temporary folder
/// that lives as long as this process. It ends even when the process is killed, because its keeper waits on our pipe.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Variable = "MARKETPLACE_TEST_POSTGRES";
    private static readonly Lazy<Task<PostgresCluster>> OfThisProcess = new(
        () => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? Task.FromResult(new PostgresCluster(given, null))
            : Start(durable: false));

    private readonly Process? keeper;
    private int databases;

    private PostgresCluster(string connectionString, Process? keeper)
    {
        ConnectionString = connectionString;
        this.keeper = keeper;
    }

    /// <summary>The cluster that the tests of this process share; nothing on it survives a power cut.</summary>
    public static Task<PostgresCluster> Shared => OfThisProcess.Value;

    /// <summary>To the maintenance database, as a role that may create databases.</summary>
    public string ConnectionString { get; }

    /// <summary>A private cluster, whatever the environment says.</summary>
    /// <param name="durable">True: fsync as in production, for benchmarks.</param>
    /// <param name="settings">Further server settings, <c>name=value</c>.</param>
    public static async Task<PostgresCluster> Start(bool durable, params string[] settings)
    {
        var port = LoopbackPort.Free();
        var options = string.Join(' ', settings.Append(durable ? "fsync=on" : "fsync=off").Append("max_connections=200").Select(s => $"-c {s}"));
        var script = $$"""
            set -e
            bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1); PATH="$bin:$PATH"
            folder=$(mktemp -d /tmp/marketplace-pg-XXXXXX)
            trap 'pg_ctl stop -D "$folder/data" -m immediate >/dev/null 2>&1; rm -rf "$folder"' EXIT
            initdb -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$folder/log" 2>&1
            pg_ctl start -w -D "$folder/data" -l "$folder/log" -o "-p {{port}} -k $folder -c listen_addresses=127.0.0.1 {{options}}" >/dev/null
            echo ready
            while read -r order; do
                pg_ctl stop -D "$folder/data" -m immediate >/dev/null
                pg_ctl start -w -D "$folder/data" -l "$folder/log" -o "-p {{port}} -k $folder -c listen_addresses=127.0.0.1 {{options}}" >/dev/null
                echo ready
            done
            """;

        // initdb refuses to run as root.
        string[] command = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", "bash", "-c", script] : ["bash", "-c", script];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/tmp",
        };
        var keeper = Process.Start(start)!;
        if (await keeper.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException($"No PostgreSQL could be started; install its server binaries or set {Variable}.");
        }

        return new PostgresCluster($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres", keeper);
    }

    /// <summary>Makes an empty database of its own and returns the connection string to it.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using (var drop = new NpgsqlCommand($"drop database if exists {name} with (force)", connection))
        {
            await drop.ExecuteNonQueryAsync();
        }

        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public async Task DropDatabase(string connectionString)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand(
            $"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    /// <summary>Kills the server as a crash would, and starts it again. Only a private cluster of the caller's own may be treated so.</summary>
    public async Task Crash()
    {
        var own = keeper ?? throw new InvalidOperationException($"The server that {Variable} names is not ours to crash.");
        await own.StandardInput.WriteLineAsync("crash");
        if (await own.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException("PostgreSQL did not start again.");
        }
    }

    /// <summary>Ends a private cluster; a named server is left alone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (keeper is not null)
        {
            keeper.StandardInput.Close();
            await keeper.WaitForExitAsync();
            keeper.Dispose();
        }
    }
}
