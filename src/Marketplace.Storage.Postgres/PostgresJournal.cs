using System.Runtime.CompilerServices;
using Marketplace.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Storage.Postgres;

/// <summary>The journal on PostgreSQL. Any number of processes may use one database.</summary>
internal sealed class PostgresJournal : IJournal, IAsyncDisposable
{
    private const int LoadWorkers = 2;
    private const int LoadLimit = 256;
    private const int StreamPage = 500;
    private const int HeadPage = 1000;

    /// <summary>What no newcomer can stand before any more: see <see cref="ReadAll"/>.</summary>
    private const string Settled = "tx < pg_snapshot_xmin(pg_current_snapshot())";

    private readonly NpgsqlDataSource source;
    private readonly GroupCommit? writing;
    private readonly TimeProvider time;
    private readonly Coalescer<(string Stream, string Schema), LoadedStream> loading;

    /// <param name="writing">Null on a read-only storage.</param>
    public PostgresJournal(NpgsqlDataSource source, GroupCommit? writing, TimeProvider time)
    {
        this.source = source;
        this.writing = writing;
        this.time = time;
        loading = new(LoadWorkers, LoadLimit, asked => Read(connection => PostgresReads.Load(connection, asked), CancellationToken.None));
    }

    public Task<CommitResult> Append(JournalCommand command, CancellationToken cancel = default) =>
        writing is null ? throw new InvalidOperationException("This storage was opened read-only.") : writing.Append(command, cancel);

    public Task<LoadedStream> Load(string stream, string snapshotSchema, CancellationToken cancel = default)
    {
        PreparedCommand.CheckStreamName(stream);
        return loading.Ask((stream, snapshotSchema)).WaitAsync(cancel);
    }

    public Task<RecordedCommand?> Find(Guid commandId, CancellationToken cancel = default) => Read(
        async connection =>
        {
            await using var command = new NpgsqlCommand(
                "select stream, command_last_version, request_hash from events where command_id = $1 and command_ordinal = 0", connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = commandId, NpgsqlDbType = NpgsqlDbType.Uuid });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            return await rows.ReadAsync(cancel)
                ? new RecordedCommand(commandId, rows.GetString(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2))
                : null;
        },
        cancel);

    public async IAsyncEnumerable<RecordedEvent> ReadStream(string stream, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var (after, full) = (0L, true); full;)
        {
            var page = await Read(
                connection => PostgresReads.Events(
                    connection, "where stream = $1 and version > $2 order by version limit $3", cancel,
                    PostgresReads.Text(stream), PostgresReads.Int64(after), PostgresReads.Int64(StreamPage)),
                cancel);
            foreach (var found in page)
            {
                yield return found.Event;
            }

            full = page.Count == StreamPage;
            after = full ? page[^1].Event.Version : after;
        }
    }

    /// <remarks>
    /// Transactions become visible in another order than their events were numbered. Every transaction older than the oldest one
    /// still running is over, so events below that line, ordered by transaction, can have no newcomers between them.
    /// A long transaction that writes, in any database of the server, holds readers back; it never makes them skip.
    /// </remarks>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAll(JournalPosition after, int limit, CancellationToken cancel = default)
    {
        var page = await Read(
            connection => PostgresReads.Events(
                connection, $"where {Settled} and (tx, position) > ($1, $2) order by tx, position limit $3", cancel,
                PostgresReads.Xid(after.Epoch), PostgresReads.Int64(after.Offset), PostgresReads.Int64(limit)),
            cancel);
        return [.. page.Select(found => found.Event)];
    }

    public async Task<IReadOnlyList<RecordedEvent>> Search(JournalSearch search, int limit, CancellationToken cancel = default)
    {
        var page = await Read(
            connection =>
            {
                var parameters = new List<NpgsqlParameter> { PostgresReads.Int64(limit) };
                var conditions = new List<string> { "true" };
                string Next(NpgsqlParameter parameter)
                {
                    parameters.Add(parameter);
                    return $"${parameters.Count}";
                }

                if (search.StreamPrefix is { } prefix)
                {
                    conditions.Add($"stream >= {Next(PostgresReads.Text(prefix))} and stream < {Next(PostgresReads.Text(prefix + JournalSearch.PrefixEnd))}");
                }

                if (search.Type is { } type)
                {
                    conditions.Add($"type = {Next(PostgresReads.Text(type))}");
                }

                if (search.ActorPart is { } actor)
                {
                    conditions.Add($"strpos(actor, {Next(PostgresReads.Text(actor))}) > 0");
                }

                if (search.FromUtc is { } from)
                {
                    conditions.Add($"recorded_at_utc >= {Next(PostgresReads.Instant(from))}");
                }

                if (search.UntilUtc is { } until)
                {
                    conditions.Add($"recorded_at_utc < {Next(PostgresReads.Instant(until))}");
                }

                if (search.Before is { } before)
                {
                    conditions.Add($"(tx, position) < ({Next(PostgresReads.Xid(before.Epoch))}, {Next(PostgresReads.Int64(before.Offset))})");
                }

                return PostgresReads.Events(connection, $"where {string.Join(" and ", conditions)} order by tx desc, position desc limit $1", cancel, [.. parameters]);
            },
            cancel);
        return [.. page.Select(found => found.Event)];
    }

    public Task<IReadOnlyList<EventPlace>> ReadPlaces(JournalPosition after, int limit, CancellationToken cancel = default) => Read(
        connection => PostgresReads.Places(
            connection, $"where {Settled} and (tx, position) > ($1, $2) order by tx, position limit $3", cancel,
            PostgresReads.Xid(after.Epoch), PostgresReads.Int64(after.Offset), PostgresReads.Int64(limit)),
        cancel);

    public async Task<EventPlace?> LastPlace(CancellationToken cancel = default) => (await Read(
        connection => PostgresReads.Places(connection, $"where {Settled} order by tx desc, position desc limit 1", cancel), cancel)).SingleOrDefault();

    public Task<DateTimeOffset?> FirstInstant(CancellationToken cancel = default) => Read(
        async connection =>
        {
            await using var command = new NpgsqlCommand("select recorded_at_utc from events order by tx, position limit 1", connection);
            return await command.ExecuteScalarAsync(cancel) is DateTime first ? new DateTimeOffset(first) : (DateTimeOffset?)null;
        },
        cancel);

    public Task<IReadOnlyList<AccountTurnover>> Turnover(DateTimeOffset fromUtc, DateTimeOffset untilUtc, CancellationToken cancel = default) => Read(
        async connection =>
        {
            const string Sql = """
                select p.account, p.currency, sum(greatest(p.amount_minor, 0))::bigint, sum(greatest(-p.amount_minor, 0))::bigint, count(*) filter (where p.leg = 0)
                from events e join postings p on p.stream = e.stream and p.version = e.version
                where e.recorded_at_utc >= $1 and e.recorded_at_utc < $2
                group by p.account, p.currency
                """;
            await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 }; // many years may lie between
            command.Parameters.Add(PostgresReads.Instant(fromUtc));
            command.Parameters.Add(PostgresReads.Instant(untilUtc));
            var turnover = new List<AccountTurnover>();
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                turnover.Add(new AccountTurnover(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4)));
            }

            return (IReadOnlyList<AccountTurnover>)turnover;
        },
        cancel);

    public async IAsyncEnumerable<StreamHead> ReadHeads([EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var (after, full) = ("", true); full;)
        {
            var page = await Read(connection => HeadsAfter(connection, after, cancel), cancel);
            foreach (var head in page)
            {
                yield return head;
            }

            full = page.Count == HeadPage;
            after = full ? page[^1].Stream : after;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (writing is not null)
        {
            await writing.DisposeAsync();
        }
    }

    /// <summary>Hops from stream to stream on the primary key, and reads no event but the heads.</summary>
    private static async Task<List<StreamHead>> HeadsAfter(NpgsqlConnection connection, string after, CancellationToken cancel)
    {
        const string Sql = """
            with recursive names as (
                (select stream, 1 as place from events where stream > $1 order by stream limit 1)
                union all
                select next.stream, names.place + 1
                from names, lateral (select stream from events where stream > names.stream order by stream limit 1) next
                where names.place < $2)
            select names.stream, head.version, head.hash
            from names, lateral (select version, hash from events e where e.stream = names.stream order by version desc limit 1) head
            order by names.place
            """;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(PostgresReads.Text(after));
        command.Parameters.Add(PostgresReads.Int64(HeadPage));
        var page = new List<StreamHead>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            page.Add(new StreamHead(rows.GetString(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)));
        }

        return page;
    }

    /// <summary>Reads have no unknown outcome, so across an outage they are simply repeated while there is patience.</summary>
    private async Task<T> Read<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancel)
    {
        var outage = new Outage(time);
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return await read(connection);
            }
            catch (Exception error) when (PostgresErrors.IsUnreachable(error))
            {
                outage.Begin();
                source.Clear(); // what killed one connection has killed the idle ones too
                if (!await outage.WaitBeforeRetry())
                {
                    throw new JournalUnavailableException($"The database cannot be read: {error.Message}", error);
                }
            }
        }
    }
}
