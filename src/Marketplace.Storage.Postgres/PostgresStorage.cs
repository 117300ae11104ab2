using System.Data.Common;
using Marketplace.Journal;
using Npgsql;

namespace Marketplace.Storage.Postgres;

/// <summary>PostgreSQL (15 or later) as the truth.</summary>
public sealed class PostgresStorage : IStorage
{
    private const int WriterLoops = 2;

    /// <summary>
    /// The journal asks for rows by key and nothing else. On a young table, before the first ANALYZE, the planner thinks a scan cheaper,
    /// and keeps that plan while the table grows under it.
    /// </summary>
    private const string KeyedAccess = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    private static readonly IReadOnlyList<Migration> Steps = Migrations.In(typeof(PostgresStorage).Assembly);

    private readonly NpgsqlConnectionStringBuilder settings;
    private readonly TimeProvider time;
    private NpgsqlDataSource? general;
    private NpgsqlDataSource? keyed;
    private PostgresJournal? journal;

    /// <param name="connectionString"><c>Host=…;Database=…;Username=…</c></param>
    /// <exception cref="StorageRefusedException">Not a connection string of PostgreSQL.</exception>
    public PostgresStorage(string connectionString, TimeProvider time)
    {
        this.time = time;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException malformed)
        {
            throw new StorageRefusedException(
                "PostgreSQL 的连接字符串应为 Host=…;Database=…;Username=…。",
                "The connection string of PostgreSQL must be Host=…;Database=…;Username=….",
                malformed);
        }

        settings.ApplicationName ??= "marketplace";
    }

    public IJournal Journal => journal ?? throw NotOpen();

    public IJournalAudit Audit => new PostgresAudit(keyed ?? throw NotOpen());

    public DbDataSource DataSource => NpgsqlDataSource;

    /// <summary>For EF Core and whatever else speaks Npgsql.</summary>
    public NpgsqlDataSource NpgsqlDataSource => general ?? throw NotOpen();

    public string ConnectionString => settings.ConnectionString;

    public async Task Open(StorageMode mode = StorageMode.ReadWrite, CancellationToken cancel = default)
    {
        general = NpgsqlDataSource.Create(settings);
        keyed = NpgsqlDataSource.Create(Keyed());
        try
        {
            await using (var connection = await general.OpenConnectionAsync(cancel))
            {
                if (connection.PostgreSqlVersion.Major < 15)
                {
                    throw new StorageRefusedException(
                        $"需要 PostgreSQL 15 或更高版本，服务器是 {connection.PostgreSqlVersion}。",
                        $"PostgreSQL 15 or later is needed; the server is {connection.PostgreSqlVersion}.");
                }

                await PostgresSchema.BringUp(connection, Steps, mode, time, cancel);
            }

            journal = new PostgresJournal(keyed, mode == StorageMode.ReadOnly ? null : await StartWriting(keyed, cancel), time);
        }
        catch (NpgsqlException unusable)
        {
            await DisposeAsync();
            throw new StorageRefusedException(
                $"无法使用 {settings.Host}:{settings.Port} 上的 PostgreSQL 数据库 {settings.Database}：{unusable.Message}",
                $"The PostgreSQL database {settings.Database} at {settings.Host}:{settings.Port} cannot be used: {unusable.Message}",
                unusable);
        }
        catch (StorageRefusedException)
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (journal is not null)
        {
            await journal.DisposeAsync();
        }

        if (keyed is not null)
        {
            await keyed.DisposeAsync();
        }

        if (general is not null)
        {
            await general.DisposeAsync();
        }

        (journal, keyed, general) = (null, null, null);
    }

    private NpgsqlConnectionStringBuilder Keyed() => new(settings.ConnectionString)
    {
        Options = $"{settings.Options} {KeyedAccess}".Trim(),
        MaxPoolSize = 16,
        MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 2,
    };

    private async Task<GroupCommit> StartWriting(NpgsqlDataSource source, CancellationToken cancel)
    {
        var writers = new List<PostgresBatchWriter>();
        for (var i = 0; i < WriterLoops; i++)
        {
            writers.Add(new PostgresBatchWriter(source));
            await writers[i].Open(cancel);
        }

        return new GroupCommit(writers, time, TaskScheduler.Default);
    }

    private static InvalidOperationException NotOpen() => new("The storage is not open.");
}
