using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;

namespace Marketplace.Storage.Postgres;

/// <summary>Where the alarm clocks of all hosts meet: a schema of its own beside the truth, which nothing else reads.</summary>
public static class PostgresJobStorage
{
    public const string Schema = "hangfire";

    /// <summary>Connects and prepares the schema.</summary>
    /// <exception cref="NpgsqlException">Unreachable, or the role may not create the schema.</exception>
    public static JobStorage Open(PostgresStorage storage) => new PostgreSqlStorage(
        new Connections(storage.NpgsqlDataSource),
        new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            AllowDegradedModeWithoutStorage = false, // a storage that only looks like one would ring nothing
            StartupConnectionMaxRetries = 0, // whoever opens it tries again, and health says so meanwhile
            QueuePollInterval = TimeSpan.FromSeconds(2),
            // What a killed host held is free again after these, instead of after 30 and 10 minutes.
            InvisibilityTimeout = TimeSpan.FromMinutes(5),
            UseSlidingInvisibilityTimeout = true,
            DistributedLockTimeout = TimeSpan.FromMinutes(1),
        });

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
