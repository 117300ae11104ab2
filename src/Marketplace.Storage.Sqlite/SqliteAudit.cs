using System.Runtime.CompilerServices;
using Marketplace.Journal;

namespace Marketplace.Storage.Sqlite;

internal sealed class SqliteAudit(SqliteDataSource source) : IJournalAudit
{
    private const string Strays = """
        SELECT $orphan, p.stream, p.version, p.entry, p.leg, ''
        FROM postings p LEFT JOIN events e ON e.position = p.position / 4096
        WHERE e.position IS NULL OR e.stream <> p.stream OR e.version <> p.version
        UNION ALL
        SELECT $repeated, e.stream, e.version, NULL, NULL, lower(hex(e.command_id))
        FROM events e
        WHERE e.command_ordinal = 0
          AND e.command_id IN (SELECT command_id FROM events WHERE command_ordinal = 0 GROUP BY command_id HAVING count(*) > 1)
        UNION ALL
        SELECT $ahead, s.stream, s.version, NULL, NULL, ''
        FROM snapshots s
        WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.stream = s.stream AND e.version = s.version)
        """;

    public async IAsyncEnumerable<AuditedEvent> ReadByStream([EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var connection = source.Open();
        using var events = new SqliteEventReader(connection, "ORDER BY stream, version");
        while (events.Next() is { } next)
        {
            cancel.ThrowIfCancellationRequested();
            yield return next;
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<StrayRow> FindStrays([EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var connection = source.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Strays;
        command.Parameters.AddWithValue("$orphan", (int)StrayKind.PostingWithoutEvent);
        command.Parameters.AddWithValue("$repeated", (int)StrayKind.RepeatedCommand);
        command.Parameters.AddWithValue("$ahead", (int)StrayKind.SnapshotAhead);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            cancel.ThrowIfCancellationRequested();
            yield return new StrayRow(
                (StrayKind)rows.GetInt32(0), rows.GetString(1), rows.GetInt64(2),
                rows.IsDBNull(3) ? null : rows.GetInt32(3), rows.IsDBNull(4) ? null : rows.GetInt32(4), rows.GetString(5));
        }

        await Task.CompletedTask;
    }
}
