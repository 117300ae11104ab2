using System.Data;
using Marketplace.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Storage.Postgres;

/// <summary>Queries of the journal's tables, on a connection of the caller's.</summary>
internal static class PostgresReads
{
    private const string EventColumns =
        "select tx, position, stream, version, type, body, command_id, request_hash, actor, recorded_at_utc, previous_hash, hash, "
        + "command_ordinal, command_last_version from events ";

    // Laterals that end in "offset 0" are what the planner cannot turn into a hash join, which would read the rows of all streams for a hundred.
    private const string PostingSql = """
        select asked.place, p.entry, p.leg, p.account, p.currency, p.amount_minor, p.balance_after_minor
        from unnest($1, $2) with ordinality as asked (stream, version, place)
        cross join lateral (select * from postings where stream = asked.stream and version = asked.version offset 0) p
        order by asked.place, p.entry, p.leg
        """;

    // Without an order: sorting so many wide rows spills to disk, and each stream has few.
    private const string LoadSql = """
        select asked.place, s.version, e.version, e.type, case when e.version = s.version then s.body else e.body end, e.hash
        from unnest($1, $2) with ordinality as asked (stream, schema, place)
        left join lateral (
            select version, body from snapshots where stream = asked.stream and schema = asked.schema offset 0) s on true
        cross join lateral (
            select version, type, body, hash from events where stream = asked.stream and version >= coalesce(s.version, 1) offset 0) e
        """;

    /// <summary>Events that a condition selects, each with its postings.</summary>
    public static async Task<List<AuditedEvent>> Events(
        NpgsqlConnection connection, string where, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        var page = new List<AuditedEvent>();
        await using (var command = new NpgsqlCommand(EventColumns + where, connection))
        {
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                var stored = new RecordedEvent(
                    new JournalPosition((long)rows.GetFieldValue<ulong>(0), rows.GetInt64(1)), rows.GetString(2), rows.GetInt64(3),
                    rows.GetString(4), rows.GetString(5), rows.GetGuid(6), rows.GetFieldValue<byte[]>(7), rows.GetString(8),
                    rows.GetFieldValue<DateTimeOffset>(9), rows.GetFieldValue<byte[]>(10), rows.GetFieldValue<byte[]>(11), new List<Posting>());
                page.Add(new AuditedEvent(stored, rows.GetInt32(12), rows.GetInt64(13), new List<int>()));
            }
        }

        await AttachPostings(connection, page, cancel);
        return page;
    }

    /// <summary>Where events that a condition selects stand.</summary>
    public static async Task<IReadOnlyList<EventPlace>> Places(
        NpgsqlConnection connection, string where, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand("select tx, position, stream, hash from events " + where, connection);
        command.Parameters.AddRange(parameters);
        var places = new List<EventPlace>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            places.Add(new EventPlace(
                new JournalPosition((long)rows.GetFieldValue<ulong>(0), rows.GetInt64(1)), rows.GetString(2), rows.GetFieldValue<byte[]>(3)));
        }

        return places;
    }

    /// <summary>Streams in the order asked, from one view: the event at the snapshot's version carries the snapshot in place of its body.</summary>
    public static async Task<IReadOnlyList<LoadedStream>> Load(NpgsqlConnection connection, IReadOnlyList<(string Stream, string Schema)> asked)
    {
        await using var command = new NpgsqlCommand(LoadSql, connection);
        command.Parameters.Add(Arrays.Of(NpgsqlDbType.Text, asked, a => a.Stream));
        command.Parameters.Add(Arrays.Of(NpgsqlDbType.Text, asked, a => a.Schema));
        var snapshots = new StoredSnapshot?[asked.Count];
        var tails = new List<StoredEvent>?[asked.Count];
        var heads = new (long Version, byte[] Hash)[asked.Count];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var place = (int)rows.GetInt64(0) - 1;
            var version = rows.GetInt64(2);
            if (!rows.IsDBNull(1) && rows.GetInt64(1) == version)
            {
                snapshots[place] = new StoredSnapshot(version, rows.GetString(4));
            }
            else
            {
                (tails[place] ??= []).Add(new StoredEvent(version, rows.GetString(3), rows.GetString(4)));
            }

            if (version > heads[place].Version)
            {
                heads[place] = (version, heads[place].Hash ?? new byte[EventHash.Length]);
                rows.GetBytes(5, 0, heads[place].Hash, 0, EventHash.Length);
            }
        }

        return [.. asked.Select((a, place) => new LoadedStream(a.Stream, snapshots[place], InOrder(tails[place]), heads[place].Hash))];
    }

    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Int64(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Instant(DateTimeOffset value) => new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Xid(long value) => new NpgsqlParameter<ulong> { TypedValue = (ulong)value, NpgsqlDbType = NpgsqlDbType.Xid8 };

    private static List<StoredEvent> InOrder(List<StoredEvent>? tail)
    {
        tail?.Sort((a, b) => a.Version.CompareTo(b.Version));
        return tail ?? [];
    }

    private static async Task AttachPostings(NpgsqlConnection connection, List<AuditedEvent> page, CancellationToken cancel)
    {
        if (page.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(PostingSql, connection);
        command.Parameters.Add(Arrays.Of(NpgsqlDbType.Text, page, e => e.Event.Stream));
        command.Parameters.Add(Arrays.Of(NpgsqlDbType.Bigint, page, e => e.Event.Version));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var of = page[(int)rows.GetInt64(0) - 1];
            ((List<Posting>)of.Event.Postings).Add(new Posting(rows.GetInt32(1), rows.GetString(3), rows.GetString(4), rows.GetInt64(5), rows.GetInt64(6)));
            ((List<int>)of.Legs).Add(rows.GetInt32(2));
        }
    }
}
