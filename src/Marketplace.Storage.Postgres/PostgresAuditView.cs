using System.Runtime.CompilerServices;
using Marketplace.Journal;
using Npgsql;

namespace Marketplace.Storage.Postgres;

/// <summary>
/// One snapshot on a connection of its own. A connection answers one question at a time, so every reader fetches a page,
/// keeps it, and leaves the connection to the others.
/// </summary>
internal sealed class PostgresAuditView(NpgsqlConnection connection, NpgsqlTransaction snapshot) : IAuditView
{
    private const int Page = 1000;

    private const string Strays = """
        select $1, p.stream, p.version, p.entry, p.leg, ''
        from postings p
        where not exists (select from events e where e.stream = p.stream and e.version = p.version)
        union all
        select $2, e.stream, e.version, null, null, e.command_id::text
        from events e
        where e.command_ordinal = 0
          and e.command_id in (select command_id from events where command_ordinal = 0 group by command_id having count(*) > 1)
        union all
        select $3, s.stream, s.version, null, null, ''
        from snapshots s
        where not exists (select from events e where e.stream = s.stream and e.version = s.version)
        """;

    private int cursors;

    public async Task<DateTimeOffset?> NewestInstant(CancellationToken cancel = default)
    {
        await using var command = Command("select max(recorded_at_utc) from events");
        return await command.ExecuteScalarAsync(cancel) is DateTime newest ? new DateTimeOffset(newest) : null;
    }

    public async IAsyncEnumerable<AuditedEvent> ReadByStream([EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var (stream, version, full) = ("", 0L, true); full;)
        {
            var page = await PostgresReads.Events(
                connection, "where (stream, version) > ($1, $2) order by stream, version limit $3", cancel,
                PostgresReads.Text(stream), PostgresReads.Int64(version), PostgresReads.Int64(Page));
            foreach (var found in page)
            {
                yield return found;
            }

            full = page.Count == Page;
            (stream, version) = full ? (page[^1].Event.Stream, page[^1].Event.Version) : (stream, version);
        }
    }

    public async IAsyncEnumerable<StrayRow> FindStrays([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var command = Command(Strays);
        foreach (var kind in new[] { StrayKind.PostingWithoutEvent, StrayKind.RepeatedCommand, StrayKind.SnapshotAhead })
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)kind });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return new StrayRow(
                (StrayKind)rows.GetInt32(0), rows.GetString(1), rows.GetInt64(2),
                rows.IsDBNull(3) ? null : rows.GetInt32(3), rows.IsDBNull(4) ? null : rows.GetInt32(4), rows.GetString(5));
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<object?>> ReadRows(
        TableSchema table, string orderBy, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // A cursor sorts once, whatever the order; paging by key would sort again for every page without an index.
        var cursor = $"audit_{++cursors}";
        await using (var declare = Command(
            $"declare {cursor} no scroll cursor for select {string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))} from {table.Name} "
            + $"order by {string.Join(", ", table.Columns.Take(table.KeyLength).Select(Ordinal).Prepend($"{orderBy} collate \"C\""))}"))
        {
            await declare.ExecuteNonQueryAsync(cancel);
        }

        for (var full = true; full;)
        {
            var page = await Fetch(cursor, table.Columns.Count, cancel);
            foreach (var row in page)
            {
                yield return row;
            }

            full = page.Count == Page;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await snapshot.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task<List<IReadOnlyList<object?>>> Fetch(string cursor, int columns, CancellationToken cancel)
    {
        await using var command = Command($"fetch forward {Page} from {cursor}");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var page = new List<IReadOnlyList<object?>>();
        while (await rows.ReadAsync(cancel))
        {
            var values = new object?[columns];
            for (var i = 0; i < columns; i++)
            {
                values[i] = rows.IsDBNull(i) ? null : rows.GetDataTypeName(i) == "date" ? rows.GetFieldValue<DateOnly>(i) : rows.GetValue(i);
            }

            page.Add(values);
        }

        return page;
    }

    private static string Ordinal(Column column) => column.Type == ColumnType.Text ? $"{column.Name} collate \"C\"" : column.Name;

    /// <summary>Looking at everything takes as long as it takes.</summary>
    private NpgsqlCommand Command(string sql) => new(sql, connection) { CommandTimeout = 0 };
}
