using System.Data.Common;

namespace Marketplace.Journal;

/// <summary>One database that is the truth: its journal, the audit of it, and connections for small portable reads.</summary>
/// <remarks>Nothing is touched before <see cref="Open"/>. Disposing finishes what callers have queued, then closes.</remarks>
public interface IStorage : IAsyncDisposable
{
    /// <summary>Connects, creates or upgrades the schema as <paramref name="mode"/> allows, and starts the writers.</summary>
    /// <exception cref="StorageRefusedException">This database must not be used; the sentence says why.</exception>
    Task Open(StorageMode mode = StorageMode.ReadWrite, CancellationToken cancel = default);

    /// <summary>The journal; usable after <see cref="Open"/>. Read-only storage refuses to append.</summary>
    IJournal Journal { get; }

    IJournalAudit Audit { get; }

    /// <summary>Connections for reads. Writing to the journal's tables through it is refused by their triggers.</summary>
    DbDataSource DataSource { get; }
}

public enum StorageMode
{
    /// <summary>Creates the schema of an empty database and upgrades an older one.</summary>
    ReadWrite,

    /// <summary>Changes nothing and takes no lock: for checks beside a running host. A database without our schema is refused.</summary>
    ReadOnly,
}

public enum StorageKind
{
    Sqlite,
    Postgres,
}

public static class StorageKinds
{
    /// <summary>Tells the database by its ADO.NET connection string: <c>Data Source=…</c> is SQLite, <c>Host=…</c> is PostgreSQL.</summary>
    /// <exception cref="StorageRefusedException">It is neither.</exception>
    public static StorageKind Of(string connectionString)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connectionString;
        }
        catch (ArgumentException malformed)
        {
            throw Neither(malformed);
        }

        if (parts.ContainsKey("Data Source") || parts.ContainsKey("DataSource") || parts.ContainsKey("Filename"))
        {
            return StorageKind.Sqlite;
        }

        return parts.ContainsKey("Host") || parts.ContainsKey("Server") ? StorageKind.Postgres : throw Neither(null);
    }

    private static StorageRefusedException Neither(Exception? inner) => new(
        "数据库连接字符串应为 Data Source=…（SQLite）或 Host=…（PostgreSQL）。",
        "The database connection string must be Data Source=… (SQLite) or Host=… (PostgreSQL).",
        inner);
}
