using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Storage.Postgres;

/// <summary>Columns of a batch as array parameters for <c>unnest</c>.</summary>
internal static class Arrays
{
    public static NpgsqlParameter Of<TItem, TValue>(NpgsqlDbType type, IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(items[i]);
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
