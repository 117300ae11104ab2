using System.Runtime.CompilerServices;
using Marketplace.Application.Agreements;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>Read tables say what the events say: each row is compared with the row that its stream's state has.</summary>
internal sealed class ReadTableCheck : IAsyncDisposable
{
    private static readonly TableSchema DueWorkTable = ReadTable.Of(typeof(DueWorkRow)).Schema;

    private readonly List<(string Kind, TableSchema Table, SortedRows Rows)> owned = [];
    private readonly SortedRows dueWork;

    public ReadTableCheck(IAuditView view, IEnumerable<AuditedKind> kinds, CancellationToken cancel)
    {
        foreach (var kind in kinds)
        {
            owned.AddRange(kind.Tables.Select(t => (kind.Name, t.Table.Schema, new SortedRows(view, t.Table.Schema, t.Column, t.KeyOf, cancel))));
        }

        dueWork = new SortedRows(view, DueWorkTable, DueWorkTable.Columns[0].Name, values => (string)values[0]!, cancel);
    }

    /// <summary>What the rows that were read so far sum up to.</summary>
    public SettlementTotals Totals { get; } = new();

    /// <summary>Compares the rows of a stream that has been followed to its end.</summary>
    public async IAsyncEnumerable<Finding> OfStream(string kind, StreamAudit audit)
    {
        var expected = audit.Rows?.Select(ReadTable.Change).ToLookup(r => r.Table.Name, r => r.Values);
        foreach (var (_, table, rows) in owned.Where(o => o.Kind == kind))
        {
            await foreach (var finding in Compare(table, rows, audit.Key, expected?[table.Name]))
            {
                yield return finding;
            }
        }

        await foreach (var finding in Compare(DueWorkTable, dueWork, audit.Stream, expected?[DueWorkTable.Name]))
        {
            yield return finding;
        }
    }

    /// <summary>Rows behind the last stream.</summary>
    public async IAsyncEnumerable<Finding> End([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (table, rows) in owned.Select(o => (o.Table, o.Rows)).Append((DueWorkTable, dueWork)))
        {
            await foreach (var values in rows.Rest().WithCancellation(cancel))
            {
                Totals.Count(table, values);
                yield return NoStream(table, values);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, rows) in owned)
        {
            await rows.DisposeAsync();
        }

        await dueWork.DisposeAsync();
    }

    /// <param name="expected">Null when nothing is known of the stream's state.</param>
    private async IAsyncEnumerable<Finding> Compare(
        TableSchema table, SortedRows stored, string key, IEnumerable<IReadOnlyList<object?>>? expected)
    {
        var missing = expected?.ToDictionary(values => KeyOf(table, values));
        await foreach (var (isOfKey, values) in stored.UpTo(key))
        {
            Totals.Count(table, values);
            if (!isOfKey)
            {
                yield return NoStream(table, values);
            }
            else if (missing is not null)
            {
                if (!missing.Remove(KeyOf(table, values), out var says))
                {
                    yield return Finding.OfRow(InvariantOf(table), table, values, "the events know no such row");
                }
                else if (Difference(table, values, says) is { } difference)
                {
                    yield return Finding.OfRow(InvariantOf(table), table, values, difference);
                }
            }
        }

        foreach (var says in missing?.Values ?? Enumerable.Empty<IReadOnlyList<object?>>())
        {
            yield return Finding.OfRow(InvariantOf(table), table, says, "the row is missing");
        }
    }

    private static string? Difference(TableSchema table, IReadOnlyList<object?> stored, IReadOnlyList<object?> says)
    {
        var differences = Enumerable.Range(0, table.Columns.Count)
            .Where(i => !Equals(stored[i], Kept(says[i])))
            .Select(i => FormattableString.Invariant($"{table.Columns[i].Name} is {stored[i] ?? "null"}, the events say {says[i] ?? "null"}"));
        return string.Join("; ", differences) is { Length: > 0 } text ? text : null;
    }

    /// <summary>As a database keeps it: instants in whole microseconds.</summary>
    private static object? Kept(object? value) =>
        value is DateTime instant ? instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond)) : value;

    private static string KeyOf(TableSchema table, IReadOnlyList<object?> values) =>
        string.Join('\0', values.Take(table.KeyLength).Select(v => FormattableString.Invariant($"{v}")));

    private static Finding NoStream(TableSchema table, IReadOnlyList<object?> values) =>
        Finding.OfRow(InvariantOf(table), table, values, "no stream has this row");

    private static int InvariantOf(TableSchema table) => table.Name switch
    {
        "account_balances" => Invariant.BalanceIsSumOfLegs,
        "due_work" => Invariant.DueIsActedUpon,
        _ => Invariant.EachItsOwn,
    };
}
