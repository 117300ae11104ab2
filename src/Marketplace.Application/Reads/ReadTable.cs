using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Marketplace.Journal;

namespace Marketplace.Application.Reads;

/// <summary>
/// A row of a read table: a flat positional record whose properties are the columns, in order and in snake_case.
/// Enums are kept by name. Written by grains in the transaction of their events, never by anybody else.
/// </summary>
public interface IReadRow;

/// <summary>Names the table of a row record.</summary>
/// <param name="name">snake_case.</param>
/// <param name="keyLength">How many of the first columns are the key.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ReadTableAttribute(string name, int keyLength = 1) : Attribute
{
    public string Name { get; } = name;

    public int KeyLength { get; } = keyLength;
}

/// <summary>The one place that knows how a row record becomes a table: journal, EF model and migrations all follow it.</summary>
public sealed class ReadTable
{
    private static readonly ConcurrentDictionary<Type, ReadTable> Known = new();

    private readonly Func<object, object?>[] values;

    private ReadTable(Type row)
    {
        var table = row.GetCustomAttribute<ReadTableAttribute>() ?? throw new InvalidOperationException($"{row} names no table.");
        Row = row;
        Properties = [.. row.GetConstructors().Single().GetParameters().Select(p => row.GetProperty(p.Name!)!)];
        Schema = new TableSchema(table.Name, table.KeyLength, [.. Properties.Select(p => new Column(ColumnName(p), TypeOf(p.PropertyType)))]);
        values = [.. Properties.Select(ValueOf)];
    }

    /// <summary>All read tables, by name.</summary>
    public static IReadOnlyList<ReadTable> All { get; } =
    [
        .. typeof(ReadTable).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IReadRow)))
            .Select(Of)
            .OrderBy(t => t.Schema.Name, StringComparer.Ordinal),
    ];

    public Type Row { get; }

    public IReadOnlyList<PropertyInfo> Properties { get; }

    public TableSchema Schema { get; }

    public static ReadTable Of(Type row) => Known.GetOrAdd(row, r => new ReadTable(r));

    /// <summary>Where the values of a row have this property.</summary>
    public int PlaceOf(string property)
    {
        for (var i = 0; i < Properties.Count; i++)
        {
            if (Properties[i].Name == property)
            {
                return i;
            }
        }

        throw new ArgumentException($"{Row.Name} has no {property}.", nameof(property));
    }

    /// <summary>The row as the journal writes it.</summary>
    public static RowChange Change(IReadRow row)
    {
        var table = Of(row.GetType());
        return new RowChange(table.Schema, Array.ConvertAll(table.values, value => value(row)));
    }

    /// <summary>What is not in the rows before as it is in those after, which have their rows in the same order: new and changed ones.</summary>
    public static IEnumerable<RowChange> Changes(IEnumerable<IReadRow> before, IEnumerable<IReadRow> after)
    {
        using var old = before.GetEnumerator();
        var hasOld = old.MoveNext();
        foreach (var row in after)
        {
            if (hasOld && row.Equals(old.Current))
            {
                hasOld = old.MoveNext();
                continue;
            }

            if (hasOld && IsOneRow(row, old.Current))
            {
                hasOld = old.MoveNext();
            }

            yield return Change(row);
        }
    }

    public static string ColumnName(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static bool IsOneRow(IReadRow after, IReadRow before)
    {
        var table = Of(after.GetType());
        return before.GetType() == table.Row && table.values.Take(table.Schema.KeyLength).All(key => Equals(key(after), key(before)));
    }

    private static ColumnType TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) || t.IsEnum => ColumnType.Text,
        var t when t == typeof(long) => ColumnType.Int64,
        var t when t == typeof(int) => ColumnType.Int32,
        var t when t == typeof(bool) => ColumnType.Boolean,
        var t when t == typeof(DateTime) => ColumnType.Instant,
        var t when t == typeof(DateOnly) => ColumnType.Date,
        var t => throw new InvalidOperationException($"A read table cannot hold {t}."),
    };

    /// <summary>Compiled, since every row of every command is read by it.</summary>
    private static Func<object, object?> ValueOf(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(object), "row");
        var value = Expression.Convert(Expression.Property(Expression.Convert(row, property.DeclaringType!), property), typeof(object));
        var read = Expression.Lambda<Func<object, object?>>(value, row).Compile();
        return (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum ? row => read(row)?.ToString() : read;
    }
}
