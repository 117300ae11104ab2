using System.Data;
using System.Runtime.CompilerServices;
using Marketplace.Journal;
using Npgsql;

namespace Marketplace.Storage.Postgres;

internal sealed class PostgresAudit(NpgsqlDataSource source) : IJournalAudit
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

    /// <summary>Pages within one snapshot: a check beside a running host sees every command whole or not at all.</summary>
    public async IAsyncEnumerable<AuditedEvent> ReadByStream([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
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
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(Strays, connection) { CommandTimeout = 0 };
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
}
