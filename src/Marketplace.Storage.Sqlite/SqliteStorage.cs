using System.Data.Common;
using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Storage.Sqlite;

/// <summary>SQLite as the truth: one file, one process. <c>Data Source=:memory:</c> lives as long as this object.</summary>
public sealed class SqliteStorage : IStorage
{
    private static readonly IReadOnlyList<Migration> Steps = Migrations.In(typeof(SqliteStorage).Assembly);

    private readonly SqliteConnectionStringBuilder settings;
    private readonly bool inMemory;
    private readonly TimeProvider time;
    private SqliteDataSource? source;
    private SqliteJournal? journal;
    private SingleThreadScheduler? writerThread;

    /// <summary>Held as long as the storage is open for writing: two processes on one file would each decide on a stale state.</summary>
    private FileStream? fileLock;

    /// <summary>A database in memory exists while a connection to it does.</summary>
    private SqliteConnection? memory;

    /// <param name="connectionString"><c>Data Source=PATH</c> or <c>Data Source=:memory:</c>.</param>
    /// <exception cref="StorageRefusedException">Not a connection string of SQLite, or it names no file.</exception>
    public SqliteStorage(string connectionString, TimeProvider time)
    {
        this.time = time;
        settings = Parse(connectionString);
        inMemory = IsInMemory(settings);
        if (inMemory)
        {
            // The memdb VFS lets connections of one process share a database and wait for each other's locks.
            settings.DataSource = $"file:/marketplace-{Guid.NewGuid():N}?vfs=memdb";
            settings.Mode = SqliteOpenMode.ReadWriteCreate;
        }
        else
        {
            settings.DataSource = Path.GetFullPath(settings.DataSource);
        }
    }

    /// <summary>Where the file lies; null of a database in memory.</summary>
    /// <exception cref="StorageRefusedException">Not a connection string of SQLite, or it names no file.</exception>
    public static string? FolderOf(string connectionString)
    {
        var settings = Parse(connectionString);
        return IsInMemory(settings) ? null : Path.GetDirectoryName(Path.GetFullPath(settings.DataSource));
    }

    public IJournal Journal => journal ?? throw NotOpen();

    public IJournalAudit Audit => new SqliteAudit(source ?? throw NotOpen());

    public DbDataSource DataSource => source ?? throw NotOpen();

    /// <summary>As the storage uses it: an absolute path, or the shared name of the database in memory. For EF Core.</summary>
    public string ConnectionString => settings.ConnectionString;

    public async Task Open(StorageMode mode = StorageMode.ReadWrite, CancellationToken cancel = default)
    {
        try
        {
            Prepare(mode);
            var connections = new SqliteDataSource(settings.ConnectionString, readOnly: mode == StorageMode.ReadOnly);
            source = connections;
            using (var connection = connections.Open())
            {
                SqliteSchema.BringUp(connection, Steps, mode, time);
            }

            journal = new SqliteJournal(connections, mode == StorageMode.ReadOnly ? null : StartWriting());
        }
        catch (SqliteException unusable)
        {
            await DisposeAsync();
            throw new StorageRefusedException(
                $"无法把 {settings.DataSource} 作为 SQLite 数据库打开：{unusable.Message}",
                $"{settings.DataSource} cannot be opened as an SQLite database: {unusable.Message}",
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

        writerThread?.Dispose();
        if (source is not null)
        {
            await source.DisposeAsync();
        }

        memory?.Dispose();
        fileLock?.Dispose();
        (journal, writerThread, source, memory, fileLock) = (null, null, null, null, null);
    }

    private static bool IsInMemory(SqliteConnectionStringBuilder settings) => settings.DataSource == ":memory:" || settings.Mode == SqliteOpenMode.Memory;

    private GroupCommit StartWriting()
    {
        // Not pooled: its settings are its own, and giving it up must close it.
        var own = new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        var writer = new SqliteBatchWriter(own.ConnectionString);
        writer.Open();
        writerThread = new SingleThreadScheduler("journal writer");
        return new GroupCommit([writer], time, writerThread);
    }

    private void Prepare(StorageMode mode)
    {
        if (inMemory)
        {
            memory = new SqliteConnection(settings.ConnectionString);
            memory.Open();
            return;
        }

        var path = settings.DataSource;
        if (mode == StorageMode.ReadOnly)
        {
            settings.Mode = SqliteOpenMode.ReadWrite; // a write-ahead log left by a crash must be replayed; query_only forbids the rest
            if (!File.Exists(path))
            {
                throw new StorageRefusedException($"数据库文件 {path} 不存在。", $"The database file {path} does not exist.");
            }

            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            fileLock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var inUse = File.Exists(path + ".lock");
            throw new StorageRefusedException(
                inUse ? $"数据库 {path} 正被另一个进程使用：一个 SQLite 文件只能由一个进程打开。" : $"无法在 {path} 创建数据库：{refused.Message}",
                inUse ? $"The database {path} is in use by another process: an SQLite file serves one process only." : $"No database can be made at {path}: {refused.Message}",
                refused);
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var parsed = new SqliteConnectionStringBuilder(connectionString);
            if (parsed.DataSource.Length > 0 || parsed.Mode == SqliteOpenMode.Memory)
            {
                return parsed;
            }
        }
        catch (ArgumentException malformed)
        {
            throw Unusable(malformed);
        }

        throw Unusable(null);

        static StorageRefusedException Unusable(Exception? inner) => new(
            "SQLite 的连接字符串应为 Data Source=文件路径。", "The connection string of SQLite must be Data Source=PATH.", inner);
    }

    private static InvalidOperationException NotOpen() => new("The storage is not open.");
}
