using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Benchmarks.Loads;

/// <summary>The practical limit: batches of 200 commands through unnest, with nothing behind them: no grain, no rule, no JSON, no hash, no check.</summary>
internal sealed class RawBatchLoad(string connectionString) : ILoad
{
    private const int Connections = 2; // as many as the engine has writer loops
    private const int BatchSize = 200;
    private const int Accounts = 4096;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 });

    private readonly int[][] halves = [.. Enumerable.Range(0, Accounts).Chunk(Accounts / Connections)];
    private readonly long[] versions = new long[Accounts];

    public string Name => $"raw batches of {BatchSize} through unnest, {Connections} connections";

    public async Task<double> Run(TimeSpan duration)
    {
        await using var first = await source.OpenConnectionAsync();
        await using var second = await source.OpenConnectionAsync();
        NpgsqlConnection[] connections = [first, second];
        return await ClosedLoop.Run(Connections, duration, async (connection, turn) =>
        {
            await using var batch = Compose(connection, turn);
            batch.Connection = connections[connection];
            await batch.ExecuteNonQueryAsync();
            return BatchSize;
        });
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>Each connection has its own half of the accounts, and takes any of them, as users do.</summary>
    private NpgsqlBatch Compose(int connection, int turn)
    {
        var accounts = Random.Shared.GetItems(halves[connection], BatchSize * 2).Distinct().Take(BatchSize).Order().ToArray();
        var streams = Array.ConvertAll(accounts, a => $"raw/{a:d5}");
        var events = new List<(string Stream, long Version, int Ordinal, int Count, Guid Command)>();
        var postings = new List<(string Stream, long Version, int Leg)>();
        for (var i = 0; i < BatchSize; i++)
        {
            var (count, command) = (1 + (i % 2), Guid.NewGuid());
            for (var ordinal = 0; ordinal < count; ordinal++)
            {
                events.Add((streams[i], ++versions[accounts[i]], ordinal, count, command));
            }

            postings.Add((streams[i], versions[accounts[i]], 0));
            postings.Add((streams[i], versions[accounts[i]], 1));
        }

        return new NpgsqlBatch
        {
            BatchCommands =
            {
                Insert(
                    "events (stream, version, type, body, command_id, command_ordinal, command_last_version, request_hash, actor, recorded_at_utc, previous_hash, hash)", "",
                    Column(NpgsqlDbType.Text, events, e => e.Stream),
                    Column(NpgsqlDbType.Bigint, events, e => e.Version),
                    Column(NpgsqlDbType.Text, events, e => e.Ordinal == 0 ? Sample.ChargedType : Sample.RemindedType),
                    Column(NpgsqlDbType.Text, events, e => e.Ordinal == 0 ? Sample.Charged : Sample.Reminded),
                    Column(NpgsqlDbType.Uuid, events, e => e.Command),
                    Column(NpgsqlDbType.Integer, events, e => e.Ordinal),
                    Column(NpgsqlDbType.Bigint, events, e => e.Version - e.Ordinal + e.Count - 1),
                    Column(NpgsqlDbType.Bytea, events, _ => Sample.Hash),
                    Column(NpgsqlDbType.Text, events, _ => Sample.Actor),
                    Column(NpgsqlDbType.TimestampTz, events, _ => DateTime.UtcNow),
                    Column(NpgsqlDbType.Bytea, events, e => e.Version == 1 ? [] : Sample.Hash),
                    Column(NpgsqlDbType.Bytea, events, _ => Sample.Hash)),
                Insert(
                    "postings (stream, version, entry, leg, account, currency, amount_minor, balance_after_minor)", "",
                    Column(NpgsqlDbType.Text, postings, p => p.Stream),
                    Column(NpgsqlDbType.Bigint, postings, p => p.Version),
                    Column(NpgsqlDbType.Integer, postings, _ => 0),
                    Column(NpgsqlDbType.Integer, postings, p => p.Leg),
                    Column(NpgsqlDbType.Text, postings, p => p.Leg == 0 ? "receivable.principal" : "lab.uncollected"),
                    Column(NpgsqlDbType.Text, postings, _ => "CNY"),
                    Column(NpgsqlDbType.Bigint, postings, p => p.Leg == 0 ? 12_345L : -12_345L),
                    Column(NpgsqlDbType.Bigint, postings, p => p.Leg == 0 ? 12_345L : -12_345L)),
                Insert(
                    "charged_accounts (account, kind, status, due_on, currency, charges, owed_minor)",
                    "on conflict (account) do update set kind = excluded.kind, status = excluded.status, due_on = excluded.due_on, "
                    + "currency = excluded.currency, charges = excluded.charges, owed_minor = excluded.owed_minor",
                    Column(NpgsqlDbType.Text, streams, s => s),
                    Column(NpgsqlDbType.Text, streams, _ => "royalty"),
                    Column(NpgsqlDbType.Text, streams, _ => "due"),
                    Column(NpgsqlDbType.Date, streams, _ => ChargedAccount.DueOn),
                    Column(NpgsqlDbType.Text, streams, _ => "CNY"),
                    Column(NpgsqlDbType.Integer, streams, _ => turn),
                    Column(NpgsqlDbType.Bigint, streams, _ => 12_345L)),
            },
        };
    }

    private static NpgsqlBatchCommand Insert(string into, string otherwise, params NpgsqlParameter[] columns)
    {
        var insert = new NpgsqlBatchCommand(
            $"insert into {into} select * from unnest({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))}) {otherwise}");
        Array.ForEach(columns, c => insert.Parameters.Add(c));
        return insert;
    }

    private static NpgsqlParameter<TValue[]> Column<TItem, TValue>(NpgsqlDbType type, IReadOnlyList<TItem> items, Func<TItem, TValue> value) =>
        new() { TypedValue = [.. items.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type };
}
