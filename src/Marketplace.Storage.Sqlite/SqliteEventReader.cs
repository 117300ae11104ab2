using Marketplace.Journal;
using Microsoft.Data.Sqlite;

namespace Marketplace.Storage.Sqlite;

/// <summary>Reads whole events, one by one, each with its postings, from one view of the file: that of a transaction under way, or its own.</summary>
internal sealed class SqliteEventReader : IDisposable
{
    private readonly SqliteTransaction? own;
    private readonly SqliteCommand eventCommand;
    private readonly SqliteCommand postingCommand;
    private readonly SqliteDataReader events;

    public SqliteEventReader(SqliteConnection connection, string where, params ReadOnlySpan<(string Name, object Value)> parameters)
        : this(connection, connection.BeginTransaction(deferred: true), where, parameters)
    {
    }

    public static SqliteEventReader Within(SqliteTransaction transaction, string where) => new(transaction.Connection!, null, where);

    private SqliteEventReader(SqliteConnection connection, SqliteTransaction? own, string where, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        this.own = own;
        eventCommand = connection.CreateCommand();
        eventCommand.CommandText =
            "SELECT position, stream, version, type, body, command_id, request_hash, actor, recorded_at_utc, previous_hash, hash, "
            + "command_ordinal, command_last_version FROM events " + where;
        foreach (var (name, value) in parameters)
        {
            eventCommand.Parameters.AddWithValue(name, value);
        }

        postingCommand = connection.CreateCommand();
        postingCommand.CommandText =
            "SELECT entry, leg, account, currency, amount_minor, balance_after_minor FROM postings "
            + "WHERE position BETWEEN $first AND $last AND stream = $stream AND version = $version ORDER BY position";
        postingCommand.Parameters.Add("$first", SqliteType.Integer);
        postingCommand.Parameters.Add("$last", SqliteType.Integer);
        postingCommand.Parameters.Add("$stream", SqliteType.Text);
        postingCommand.Parameters.Add("$version", SqliteType.Integer);
        events = eventCommand.ExecuteReader();
    }

    /// <summary>The next event, or null after the last.</summary>
    public AuditedEvent? Next()
    {
        if (!events.Read())
        {
            return null;
        }

        var position = events.GetInt64(0);
        var (stream, version) = (events.GetString(1), events.GetInt64(2));
        var (postings, legs) = Postings(position, stream, version);
        var stored = new RecordedEvent(
            new JournalPosition(0, position), stream, version, events.GetString(3), events.GetString(4),
            new Guid(events.GetFieldValue<byte[]>(5), bigEndian: true), events.GetFieldValue<byte[]>(6), events.GetString(7),
            Microseconds.ToInstant(events.GetInt64(8)), events.GetFieldValue<byte[]>(9), events.GetFieldValue<byte[]>(10), postings);
        return new AuditedEvent(stored, events.GetInt32(11), events.GetInt64(12), legs);
    }

    public void Dispose()
    {
        events.Dispose();
        eventCommand.Dispose();
        postingCommand.Dispose();
        own?.Dispose();
    }

    private (List<Posting> Postings, List<int> Legs) Postings(long position, string stream, long version)
    {
        postingCommand.Parameters[0].Value = position * PreparedCommand.PostingsPerEventLimit;
        postingCommand.Parameters[1].Value = ((position + 1) * PreparedCommand.PostingsPerEventLimit) - 1;
        postingCommand.Parameters[2].Value = stream;
        postingCommand.Parameters[3].Value = version;
        var (postings, legs) = (new List<Posting>(), new List<int>());
        using var rows = postingCommand.ExecuteReader();
        while (rows.Read())
        {
            postings.Add(new Posting(rows.GetInt32(0), rows.GetString(2), rows.GetString(3), rows.GetInt64(4), rows.GetInt64(5)));
            legs.Add(rows.GetInt32(1));
        }

        return (postings, legs);
    }
}
