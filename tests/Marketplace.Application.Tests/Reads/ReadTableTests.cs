using System.Data.Common;
using System.Reflection;
using Marketplace.Application.Reads;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Storage.Sqlite;
using Marketplace.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Marketplace.Application.Tests.Reads;

/// <summary>Row records, EF model and actual columns agree, and what a grain writes is what a query reads. On both databases.</summary>
public abstract class ReadTableTests : IAsyncLifetime
{
    protected IStorage Storage { get; set; } = null!;

    private protected abstract DbContextOptions<MarketplaceReads> Options { get; }

    /// <summary>One row per column of @table: name, declared type, whether it may be null, whether it is in the key.</summary>
    private protected abstract string ColumnsSql { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    private protected abstract string DeclaredType(ColumnType type);

    [Fact]
    public async Task Every_row_record_has_its_table_with_exactly_its_columns()
    {
        foreach (var table in ReadTable.All)
        {
            var expected = table.Schema.Columns.Select((c, i) =>
                (c.Name, DeclaredType(c.Type), IsNullable(table.Properties[i]), i < table.Schema.KeyLength));
            Assert.Equal(expected, await ColumnsOf(table.Schema.Name));
        }
    }

    [Fact]
    public void The_EF_model_has_the_same_tables_columns_and_keys()
    {
        using var reads = new MarketplaceReads(Options);
        foreach (var table in ReadTable.All)
        {
            var entity = reads.Model.FindEntityType(table.Row)!;
            Assert.Equal(table.Schema.Name, entity.GetTableName());
            Assert.Equal(table.Schema.Columns.Select(c => c.Name).Order(), entity.GetProperties().Select(p => p.GetColumnName()).Order());
            Assert.Equal(table.Schema.Columns.Take(table.Schema.KeyLength).Select(c => c.Name), entity.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()));
            Assert.All(table.Properties, p => Assert.Equal(IsNullable(p), entity.FindProperty(p.Name)!.IsNullable));
        }
    }

    [Fact]
    public async Task What_is_written_is_what_is_read()
    {
        foreach (var table in ReadTable.All)
        {
            IReadRow[] rows = [Sample(table, "full", withNulls: false), Sample(table, "bare", withNulls: true)];
            await Write(rows);
            using var reads = new MarketplaceReads(Options);
            var read = (IEnumerable<IReadRow>)typeof(ReadTableTests).GetMethod(nameof(ReadAll), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(table.Row).Invoke(null, [reads])!;
            Assert.Equal(rows.ToHashSet(), read.ToHashSet());
        }
    }

    [Fact]
    public async Task Read_tables_cannot_be_written_past_the_journal()
    {
        await using var reads = new MarketplaceReads(Options);
        await Assert.ThrowsAsync<NotSupportedException>(() => reads.SaveChangesAsync());
        Assert.Throws<NotSupportedException>(() => reads.SaveChanges());
    }

    private static List<IReadRow> ReadAll<TRow>(MarketplaceReads reads) where TRow : class, IReadRow => [.. reads.Of<TRow>()];

    private static bool IsNullable(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static IReadRow Sample(ReadTable table, string name, bool withNulls) => (IReadRow)Activator.CreateInstance(
        table.Row, [.. table.Properties.Select(p => withNulls && IsNullable(p) ? null : Value(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType, name))])!;

    private static object Value(Type type, string name) => type switch
    {
        var t when t == typeof(string) => $"{name} 文",
        var t when t == typeof(long) => 9_007_199_254_740_993L, // more than a double holds
        var t when t == typeof(int) => 42,
        var t when t == typeof(bool) => true,
        var t when t == typeof(DateTime) => new DateTime(2026, 2, 28, 15, 59, 59, DateTimeKind.Utc).AddTicks(1_234_560),
        var t when t == typeof(DateOnly) => new DateOnly(2028, 2, 29),
        var t when t.IsEnum => Enum.GetValues(t).GetValue(Enum.GetValues(t).Length - 1)!,
        var t => throw new InvalidOperationException($"No sample of {t}"),
    };

    private async Task Write(IReadRow[] rows)
    {
        var result = await Storage.Journal.Append(new JournalCommand(
            $"test/{Guid.NewGuid():N}", 0, default, Guid.NewGuid(), new byte[32], "test", DateTimeOffset.UnixEpoch,
            [new NewEvent("tested", "{}", [])], [.. rows.Select(ReadTable.Change)]));
        Assert.IsType<CommitResult.Committed>(result);
    }

    private async Task<List<(string, string, bool, bool)>> ColumnsOf(string table)
    {
        await using var connection = await Storage.DataSource.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = ColumnsSql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("table", table);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string, string, bool, bool)>();
        while (await reader.ReadAsync())
        {
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3)));
        }

        return columns;
    }
}

public sealed class ReadTablesOnSqlite : ReadTableTests
{
    private SqliteStorage sqlite = null!;

    private protected override DbContextOptions<MarketplaceReads> Options =>
        new DbContextOptionsBuilder<MarketplaceReads>().UseSqlite(sqlite.ConnectionString).Options;

    private protected override string ColumnsSql => "select name, type, \"notnull\" = 0, pk > 0 from pragma_table_info(@table) order by cid";

    public override async ValueTask InitializeAsync() => Storage = sqlite = await TestEngine.NewStorage();

    public override ValueTask DisposeAsync() => sqlite.DisposeAsync();

    private protected override string DeclaredType(ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Date => "TEXT",
        ColumnType.Int64 or ColumnType.Int32 or ColumnType.Boolean or ColumnType.Instant => "INTEGER",
    };
}

public sealed class ReadTablesOnPostgres : ReadTableTests
{
    private PostgresCluster cluster = null!;
    private string connectionString = "";

    private protected override DbContextOptions<MarketplaceReads> Options =>
        new DbContextOptionsBuilder<MarketplaceReads>().UseNpgsql(Storage.DataSource).Options;

    private protected override string ColumnsSql => """
        select c.column_name, c.data_type, c.is_nullable = 'YES', k.column_name is not null
        from information_schema.columns c
        left join information_schema.table_constraints t on t.table_name = c.table_name and t.constraint_type = 'PRIMARY KEY'
        left join information_schema.key_column_usage k on k.constraint_name = t.constraint_name and k.column_name = c.column_name
        where c.table_name = @table order by c.ordinal_position
        """;

    public override async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.Shared;
        connectionString = await cluster.CreateDatabase();
        Storage = new PostgresStorage(connectionString, TimeProvider.System);
        await Storage.Open();
    }

    public override async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await cluster.DropDatabase(connectionString);
    }

    private protected override string DeclaredType(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Int64 => "bigint",
        ColumnType.Int32 => "integer",
        ColumnType.Boolean => "boolean",
        ColumnType.Instant => "timestamp with time zone",
        ColumnType.Date => "date",
    };
}
