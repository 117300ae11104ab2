using Marketplace.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Storage.Sqlite;

/// <summary>A read connection with the statements of loading prepared on it. Used by one worker at a time.</summary>
internal sealed class SqliteLoader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement snapshot;
    private readonly SqliteStatement tail;

    public SqliteLoader(SqliteDataSource source)
    {
        connection = source.Open();
        sqlite3 handle = connection.Handle!;
        begin = new(handle, "BEGIN");
        commit = new(handle, "COMMIT");
        snapshot = new(handle,
            "SELECT s.version, s.body, e.hash FROM snapshots s JOIN events e ON e.stream = s.stream AND e.version = s.version "
            + "WHERE s.stream = ?1 AND s.schema = ?2");
        tail = new(handle, "SELECT version, type, body, hash FROM events WHERE stream = ?1 AND version > ?2 ORDER BY version");
    }

    /// <summary>All streams from one view of the file, in the order asked.</summary>
    public IReadOnlyList<LoadedStream> Load(IReadOnlyList<(string Stream, string Schema)> asked)
    {
        begin.Run();
        try
        {
            return [.. asked.Select(a => Load(a.Stream, a.Schema))];
        }
        finally
        {
            commit.Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { begin, commit, snapshot, tail })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private LoadedStream Load(string stream, string schema)
    {
        StoredSnapshot? found = null;
        byte[] head = [];
        snapshot.Bind(1, stream).Bind(2, schema);
        if (snapshot.Step())
        {
            found = new StoredSnapshot(snapshot.Int64(0), snapshot.Text(1));
            head = snapshot.Blob(2);
        }

        snapshot.Reset();
        var events = new List<StoredEvent>();
        tail.Bind(1, stream).Bind(2, found?.Version ?? 0);
        while (tail.Step())
        {
            events.Add(new StoredEvent(tail.Int64(0), tail.Text(1), tail.Text(2)));
            head = tail.Blob(3);
        }

        tail.Reset();
        return new LoadedStream(stream, found, events, head);
    }
}
