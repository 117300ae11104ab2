using Marketplace.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Storage.Postgres;

/// <summary>The statements of a batch for the journal's own tables. A statement without rows is null.</summary>
internal static class JournalInserts
{
    /// <summary>
    /// A command that continues a stream needs the event that it was decided on: without it the previous hash is null, which the table
    /// refuses. Events never change or go, so what holds here still holds when the batch commits; a second successor is refused by the
    /// primary key.
    /// </summary>
    private const string EventSql = """
        insert into events (stream, version, type, body, command_id, command_ordinal, command_last_version, request_hash, actor,
                            recorded_at_utc, hash, previous_hash)
        select stream, version, type, body, command_id, command_ordinal, command_last_version, request_hash, actor, recorded_at_utc, hash,
               case when version = 1 or command_ordinal > 0 then previous_hash
                    else (select p.hash from events p where p.stream = n.stream and p.version = n.version - 1 and p.hash = n.previous_hash) end
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            as n (stream, version, type, body, command_id, command_ordinal, command_last_version, request_hash, actor, recorded_at_utc,
                  hash, previous_hash)
        """;

    private const string PostingSql = """
        insert into postings (stream, version, entry, leg, account, currency, amount_minor, balance_after_minor)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string SnapshotSql = """
        insert into snapshots (stream, version, schema, body)
        select * from unnest($1, $2, $3, $4)
        on conflict (stream) do update set version = excluded.version, schema = excluded.schema, body = excluded.body
        """;

    public static NpgsqlBatchCommand Events(List<PreparedCommand> commands)
    {
        var rows = new List<(PreparedCommand Of, int Index)>();
        foreach (var command in commands)
        {
            for (var i = 0; i < command.Command.Events.Count; i++)
            {
                rows.Add((command, i));
            }
        }

        return new NpgsqlBatchCommand(EventSql)
        {
            Parameters =
            {
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Of.Stream),
                Arrays.Of(NpgsqlDbType.Bigint, rows, r => r.Of.Command.ExpectedVersion + r.Index + 1),
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Of.Command.Events[r.Index].Type),
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Of.Command.Events[r.Index].Body),
                Arrays.Of(NpgsqlDbType.Uuid, rows, r => r.Of.Command.CommandId),
                Arrays.Of(NpgsqlDbType.Integer, rows, r => r.Index),
                Arrays.Of(NpgsqlDbType.Bigint, rows, r => r.Of.LastVersion),
                Arrays.Of(NpgsqlDbType.Bytea, rows, r => r.Of.Command.RequestHash),
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Of.Command.Actor),
                Arrays.Of(NpgsqlDbType.TimestampTz, rows, r => r.Of.Command.RecordedAtUtc.UtcDateTime),
                Arrays.Of(NpgsqlDbType.Bytea, rows, r => (ReadOnlyMemory<byte>)r.Of.Hashes[r.Index]),
                Arrays.Of(NpgsqlDbType.Bytea, rows, r => r.Of.PreviousHash(r.Index)),
            },
        };
    }

    public static NpgsqlBatchCommand? Postings(List<PreparedCommand> commands)
    {
        var rows = new List<(string Stream, long Version, int Leg, Posting Posting)>();
        foreach (var command in commands.Select(c => c.Command))
        {
            for (var i = 0; i < command.Events.Count; i++)
            {
                var (postings, leg) = (command.Events[i].Postings, 0);
                for (var p = 0; p < postings.Count; p++)
                {
                    leg = p > 0 && postings[p - 1].Entry == postings[p].Entry ? leg + 1 : 0;
                    rows.Add((command.Stream, command.ExpectedVersion + i + 1, leg, postings[p]));
                }
            }
        }

        return rows.Count == 0 ? null : new NpgsqlBatchCommand(PostingSql)
        {
            Parameters =
            {
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Stream),
                Arrays.Of(NpgsqlDbType.Bigint, rows, r => r.Version),
                Arrays.Of(NpgsqlDbType.Integer, rows, r => r.Posting.Entry),
                Arrays.Of(NpgsqlDbType.Integer, rows, r => r.Leg),
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Posting.Account),
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Posting.Currency),
                Arrays.Of(NpgsqlDbType.Bigint, rows, r => r.Posting.AmountMinor),
                Arrays.Of(NpgsqlDbType.Bigint, rows, r => r.Posting.BalanceAfterMinor),
            },
        };
    }

    public static NpgsqlBatchCommand? Snapshots(List<PreparedCommand> commands)
    {
        var rows = commands.Where(c => c.Command.Snapshot is not null).ToList();
        return rows.Count == 0 ? null : new NpgsqlBatchCommand(SnapshotSql)
        {
            Parameters =
            {
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Stream),
                Arrays.Of(NpgsqlDbType.Bigint, rows, r => r.LastVersion),
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Command.Snapshot!.Schema),
                Arrays.Of(NpgsqlDbType.Text, rows, r => r.Command.Snapshot!.Body),
            },
        };
    }
}
