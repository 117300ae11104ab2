using System.Globalization;
using System.Runtime.CompilerServices;
using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Storage.Sqlite;

/// <summary>One read transaction on a connection of its own; the write-ahead log keeps what it sees for as long as it lasts.</summary>
internal sealed class SqliteAuditView : IAuditView
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

    private readonly SqliteConnection connection;
    private readonly SqliteTransaction view;

    public SqliteAuditView(SqliteConnection connection)
    {
        this.connection = connection;
        view = connection.BeginTransaction(deferred: true);
    }

    public Task<DateTimeOffset?> NewestInstant(CancellationToken cancel = default)
    {
        var newest = connection.Scalar<object>("SELECT max(recorded_at_utc) FROM events");
        return Task.FromResult<DateTimeOffset?>(newest is long microseconds ? Microseconds.ToInstant(microseconds) : null);
    }

    public async IAsyncEnumerable<AuditedEvent> ReadByStream([EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var events = SqliteEventReader.Within(view, "ORDER BY stream, version");
        while (events.Next() is { } next)
        {
            cancel.ThrowIfCancellationRequested();
            yield return next;
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<StrayRow> FindStrays([EnumeratorCancellation] CancellationToken cancel = default)
    {
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

    public async IAsyncEnumerable<IReadOnlyList<object?>> ReadRows(
        TableSchema table, string orderBy, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))} FROM {table.Name} "
            + $"ORDER BY {string.Join(", ", table.Columns.Take(table.KeyLength).Select(c => c.Name).Prepend(orderBy))}";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var values = new object?[table.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows.IsDBNull(i) ? null : ToClr(rows.GetValue(i), table.Columns[i].Type);
            }

            yield return values;
        }

        await Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        view.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static object ToClr(object stored, ColumnType type) => (type, stored) switch
    {
        (ColumnType.Int32, long number) when number is >= int.MinValue and <= int.MaxValue => (int)number,
        (ColumnType.Boolean, long and (0 or 1)) => (long)stored == 1,
        (ColumnType.Instant, long microseconds) => Microseconds.ToInstant(microseconds).UtcDateTime,
        (ColumnType.Date, string text) when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        _ => stored,
    };
}
