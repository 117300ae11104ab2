using System.Collections.Concurrent;
using Marketplace.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Storage.Postgres;

/// <summary>Insert-or-replace of many rows of one read table.</summary>
internal static class RowUpsert
{
    private static readonly ConcurrentDictionary<string, (TableSchema Table, string Sql)> Known = new(StringComparer.Ordinal);

    /// <param name="changes">At least one, all of one table. Of those with the same key only the last counts: one statement cannot touch a row twice.</param>
    public static NpgsqlBatchCommand Of(IReadOnlyList<RowChange> changes)
    {
        var table = changes[0].Table;
        var rows = new SortedDictionary<RowKey, RowChange>();
        foreach (var change in changes)
        {
            rows[new RowKey(change)] = change;
        }

        var statement = new NpgsqlBatchCommand(SqlOf(table));
        RowChange[] ordered = [.. rows.Values];
        for (var i = 0; i < table.Columns.Count; i++)
        {
            statement.Parameters.Add(ColumnOf(table.Columns[i].Type, ordered, i));
        }

        return statement;
    }

    private static string SqlOf(TableSchema table)
    {
        var known = Known.GetOrAdd(table.Name, static (_, t) => (t, Upsert(t)), table);
        return ReferenceEquals(known.Table, table) || known.Table.Columns.SequenceEqual(table.Columns)
            ? known.Sql
            : throw new InvalidOperationException($"Two different shapes of table {table.Name} are in use.");
    }

    private static string Upsert(TableSchema table)
    {
        var names = table.Columns.Select(c => $"\"{c.Name}\"").ToList();
        var sets = names.Skip(table.KeyLength).Select(n => $"{n} = excluded.{n}").ToList();
        return $"insert into \"{table.Name}\" ({string.Join(", ", names)}) select * from unnest({string.Join(", ", names.Select((_, i) => $"${i + 1}"))}) "
            + $"on conflict ({string.Join(", ", names.Take(table.KeyLength))}) do "
            + (sets.Count == 0 ? "nothing" : $"update set {string.Join(", ", sets)}");
    }

    private static NpgsqlParameter ColumnOf(ColumnType type, RowChange[] rows, int column) => type switch
    {
        ColumnType.Text => Arrays.Of(NpgsqlDbType.Text, rows, r => (string?)r.Values[column]),
        ColumnType.Int64 => Arrays.Of(NpgsqlDbType.Bigint, rows, r => (long?)r.Values[column]),
        ColumnType.Int32 => Arrays.Of(NpgsqlDbType.Integer, rows, r => (int?)r.Values[column]),
        ColumnType.Boolean => Arrays.Of(NpgsqlDbType.Boolean, rows, r => (bool?)r.Values[column]),
        ColumnType.Instant => Arrays.Of(NpgsqlDbType.TimestampTz, rows, r => (DateTime?)r.Values[column]),
        ColumnType.Date => Arrays.Of(NpgsqlDbType.Date, rows, r => (DateOnly?)r.Values[column]),
    };

    /// <summary>Orders rows by their key columns, as every writer does.</summary>
    private readonly struct RowKey(RowChange row) : IComparable<RowKey>
    {
        private readonly RowChange row = row;

        public int CompareTo(RowKey other)
        {
            for (var i = 0; i < row.Table.KeyLength; i++)
            {
                var (mine, theirs) = (row.Values[i], other.row.Values[i]);
                var order = mine is string text ? string.CompareOrdinal(text, (string?)theirs) : Comparer<object>.Default.Compare(mine, theirs);
                if (order != 0)
                {
                    return order;
                }
            }

            return 0;
        }
    }
}
