using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Storage.Sqlite;

/// <summary>The journal on one SQLite file.</summary>
internal sealed class SqliteJournal : IJournal, IAsyncDisposable
{
    private const int LoadWorkers = 2;
    private const int LoadLimit = 256;
    private const int HeadPage = 1000;

    private readonly SqliteDataSource source;
    private readonly GroupCommit? writing;
    private readonly Coalescer<(string Stream, string Schema), LoadedStream> loading;
    private readonly ConcurrentBag<SqliteLoader> idleLoaders = [];

    /// <param name="writing">Null on a read-only storage.</param>
    public SqliteJournal(SqliteDataSource source, GroupCommit? writing)
    {
        this.source = source;
        this.writing = writing;
        loading = new(LoadWorkers, LoadLimit, LoadAll);
    }

    public Task<CommitResult> Append(JournalCommand command, CancellationToken cancel = default) =>
        writing is null ? throw new InvalidOperationException("This storage was opened read-only.") : writing.Append(command, cancel);

    public Task<LoadedStream> Load(string stream, string snapshotSchema, CancellationToken cancel = default)
    {
        PreparedCommand.CheckStreamName(stream);
        return loading.Ask((stream, snapshotSchema)).WaitAsync(cancel);
    }

    public Task<RecordedCommand?> Find(Guid commandId, CancellationToken cancel = default)
    {
        using var connection = Read(source.Open);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT stream, command_last_version, request_hash FROM events WHERE command_id = $id AND command_ordinal = 0";
        command.Parameters.AddWithValue("$id", commandId.ToByteArray(bigEndian: true));
        using var reader = Read(command.ExecuteReader);
        return Task.FromResult(reader.Read()
            ? new RecordedCommand(commandId, reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2))
            : null);
    }

    public async IAsyncEnumerable<RecordedEvent> ReadStream(string stream, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var connection = Read(source.Open);
        using var events = new SqliteEventReader(connection, "WHERE stream = $stream ORDER BY version", ("$stream", stream));
        while (events.Next() is { } next)
        {
            cancel.ThrowIfCancellationRequested();
            yield return next.Event;
        }

        await Task.CompletedTask;
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadAll(JournalPosition after, int limit, CancellationToken cancel = default)
    {
        using var connection = Read(source.Open);
        using var events = new SqliteEventReader(
            connection, "WHERE position > $after ORDER BY position LIMIT $limit", ("$after", after.Offset), ("$limit", limit));
        var page = new List<RecordedEvent>();
        while (events.Next() is { } next)
        {
            page.Add(next.Event);
        }

        return Task.FromResult<IReadOnlyList<RecordedEvent>>(page);
    }

    public Task<IReadOnlyList<RecordedEvent>> Search(JournalSearch search, int limit, CancellationToken cancel = default)
    {
        var conditions = new List<string> { "true" };
        var parameters = new List<(string Name, object Value)> { ("$limit", limit) };
        void Where(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                parameters.Add((name, value));
            }
        }

        Where("stream >= $prefix", "$prefix", search.StreamPrefix);
        Where("stream < $end", "$end", search.StreamPrefix is { } prefix ? prefix + JournalSearch.PrefixEnd : null);
        Where("type = $type", "$type", search.Type);
        Where("instr(actor, $actor) > 0", "$actor", search.ActorPart);
        Where("recorded_at_utc >= $from", "$from", search.FromUtc is { } from ? Microseconds.Since1970(from) : null);
        Where("recorded_at_utc < $until", "$until", search.UntilUtc is { } until ? Microseconds.Since1970(until) : null);
        Where("position < $before", "$before", search.Before?.Offset);
        using var connection = Read(source.Open);
        using var events = new SqliteEventReader(connection, $"WHERE {string.Join(" AND ", conditions)} ORDER BY position DESC LIMIT $limit", parameters.ToArray());
        var page = new List<RecordedEvent>();
        while (events.Next() is { } next)
        {
            cancel.ThrowIfCancellationRequested();
            page.Add(next.Event);
        }

        return Task.FromResult<IReadOnlyList<RecordedEvent>>(page);
    }

    public Task<IReadOnlyList<EventPlace>> ReadPlaces(JournalPosition after, int limit, CancellationToken cancel = default) =>
        Task.FromResult(Places("WHERE position > $after ORDER BY position LIMIT $limit", ("$after", after.Offset), ("$limit", limit)));

    public Task<EventPlace?> LastPlace(CancellationToken cancel = default) =>
        Task.FromResult(Places("ORDER BY position DESC LIMIT 1").SingleOrDefault());

    public Task<DateTimeOffset?> FirstInstant(CancellationToken cancel = default)
    {
        using var connection = Read(source.Open);
        return Task.FromResult<DateTimeOffset?>(
            connection.Scalar<object>("SELECT recorded_at_utc FROM events ORDER BY position LIMIT 1") is long microseconds ? Microseconds.ToInstant(microseconds) : null);
    }

    public Task<IReadOnlyList<AccountTurnover>> Turnover(DateTimeOffset fromUtc, DateTimeOffset untilUtc, CancellationToken cancel = default)
    {
        using var connection = Read(source.Open);
        using var command = connection.CreateCommand();

        // CROSS JOIN is SQLite's way to be told the order: events of the span first, then the legs of each by their place.
        command.CommandText = $"""
            SELECT p.account, p.currency, sum(max(p.amount_minor, 0)), sum(max(-p.amount_minor, 0)), sum(p.leg = 0)
            FROM events e CROSS JOIN postings p
            ON p.position >= e.position * {PreparedCommand.PostingsPerEventLimit} AND p.position < (e.position + 1) * {PreparedCommand.PostingsPerEventLimit}
            WHERE e.recorded_at_utc >= $from AND e.recorded_at_utc < $until
            GROUP BY p.account, p.currency
            """;
        command.Parameters.AddWithValue("$from", Microseconds.Since1970(fromUtc));
        command.Parameters.AddWithValue("$until", Microseconds.Since1970(untilUtc));
        using var reader = Read(command.ExecuteReader);
        var turnover = new List<AccountTurnover>();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            turnover.Add(new AccountTurnover(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return Task.FromResult<IReadOnlyList<AccountTurnover>>(turnover);
    }

    public async IAsyncEnumerable<StreamHead> ReadHeads([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var last = "";
        for (var full = true; full;)
        {
            cancel.ThrowIfCancellationRequested();
            var page = ReadHeadPage(last);
            foreach (var head in page)
            {
                yield return head;
            }

            full = page.Count == HeadPage;
            last = full ? page[^1].Stream : last;
        }

        await Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (writing is not null)
        {
            await writing.DisposeAsync();
        }

        while (idleLoaders.TryTake(out var loader))
        {
            loader.Dispose();
        }
    }

    private IReadOnlyList<EventPlace> Places(string which, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = Read(source.Open);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position, stream, hash FROM events " + which;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = Read(command.ExecuteReader);
        var places = new List<EventPlace>();
        while (reader.Read())
        {
            places.Add(new EventPlace(new JournalPosition(0, reader.GetInt64(0)), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        }

        return places;
    }

    /// <summary>Pages, so that a slow consumer holds no read transaction: one would keep the write-ahead log from shrinking.</summary>
    private List<StreamHead> ReadHeadPage(string after)
    {
        using var connection = Read(source.Open);
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT heads.stream, heads.version, events.hash
            FROM (SELECT stream, max(version) AS version FROM events WHERE stream > $after GROUP BY stream ORDER BY stream LIMIT $limit) heads
            JOIN events ON events.stream = heads.stream AND events.version = heads.version
            ORDER BY heads.stream
            """;
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$limit", HeadPage);
        using var reader = Read(command.ExecuteReader);
        var page = new List<StreamHead>();
        while (reader.Read())
        {
            page.Add(new StreamHead(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        }

        return page;
    }

    private Task<IReadOnlyList<LoadedStream>> LoadAll(IReadOnlyList<(string Stream, string Schema)> asked) => Task.FromResult(Read(() =>
    {
        var loader = idleLoaders.TryTake(out var idle) ? idle : new SqliteLoader(source);
        var loaded = loader.Load(asked); // one that fails is not put back
        idleLoaders.Add(loader);
        return loaded;
    }));

    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException error) when (SqliteErrors.IsUnreachable(error))
        {
            throw new JournalUnavailableException($"The database cannot be read: {error.Message}", error);
        }
    }
}
