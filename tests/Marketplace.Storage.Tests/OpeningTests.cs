using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Storage.Sqlite;
using Xunit;

namespace Marketplace.Storage.Tests;

public sealed class Opening_on_sqlite() : OpeningTests(OnSqlite)
{
    [Fact]
    public async Task A_second_instance_on_the_same_file_is_refused()
    {
        await using var second = Database.NewStorage();
        var refused = await Assert.ThrowsAsync<StorageRefusedException>(() => second.Open());
        Assert.Contains("in use by another process", refused.En, StringComparison.Ordinal);
        Assert.Contains("正被另一个进程使用", refused.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_free_again_when_the_first_instance_has_closed()
    {
        await new Script("agreement/a").Play(Journal);
        await Storage.DisposeAsync();
        await using var next = Database.NewStorage();
        await next.Open();
        Assert.Equal(1, (await next.Journal.Load("agreement/a", "s1")).Version);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        var file = Path.Combine(Path.GetDirectoryName(((SqliteDatabase)Database).File)!, "letter.txt");
        await File.WriteAllTextAsync(file, new string('x', 5000));
        await using var storage = new SqliteStorage($"Data Source={file}", TimeProvider.System);
        var refused = await Assert.ThrowsAsync<StorageRefusedException>(() => storage.Open());
        Assert.Contains("cannot be opened as an SQLite database", refused.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_of_a_file_that_does_not_exist_creates_nothing()
    {
        var file = ((SqliteDatabase)Database).File + ".typo";
        await using var storage = new SqliteStorage($"Data Source={file}", TimeProvider.System);
        await Assert.ThrowsAsync<StorageRefusedException>(() => storage.Open(StorageMode.ReadOnly));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_database_in_memory_works_and_is_its_owners_alone()
    {
        await using var first = new SqliteStorage("Data Source=:memory:", TimeProvider.System);
        await using var second = new SqliteStorage("Data Source=:memory:", TimeProvider.System);
        await first.Open();
        await second.Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => new Script($"agreement/{i}").Play(first.Journal)));
        Assert.All(answers, a => Assert.IsType<CommitResult.Committed>(a));
        Assert.Equal(300, await first.Journal.ReadHeads().CountAsync());
        Assert.Empty(await second.Journal.ReadHeads().ToListAsync());
        Assert.Empty(await JournalCheck.Run(first.Audit).ToListAsync());
    }
}

public sealed class Opening_on_postgres() : OpeningTests(OnPostgres)
{
    [Fact]
    public async Task An_unreachable_server_is_refused_without_telling_the_password()
    {
        await using var storage = new PostgresStorage("Host=127.0.0.1;Port=1;Username=u;Password=secret;Database=d", TimeProvider.System);
        var refused = await Assert.ThrowsAsync<StorageRefusedException>(() => storage.Open());
        Assert.Contains("127.0.0.1:1", refused.En, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.En + refused.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_restored_on_a_younger_server_is_read_in_order_and_stays_append_only()
    {
        var script = new Script("agreement/a");
        await script.Play(Journal, script.Next(events: 3));
        await Storage.DisposeAsync();
        await Database.Tamper("update events set tx = (tx::text::bigint + 1000000000)::text::xid8; alter table events enable always trigger events_append_only");

        await using var restored = Database.NewStorage();
        await restored.Open();
        await script.Play(restored.Journal);
        IReadOnlyList<RecordedEvent> seen;
        do
        {
            seen = await restored.Journal.ReadAll(JournalPosition.Start, 10);
        }
        while (seen.Count < 4);

        Assert.Equal([1L, 2L, 3L, 4L], seen.Select(e => e.Version));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Execute("delete from events"));
    }

    [Fact]
    public async Task Hosts_that_start_together_on_an_empty_database_create_it_once()
    {
        await using var empty = await OnPostgres();
        var storages = Enumerable.Range(0, 4).Select(_ => empty.NewStorage()).ToList();
        await Task.WhenAll(storages.Select(s => s.Open()));
        await Task.WhenAll(storages.Select(s => s.DisposeAsync().AsTask()));
        Assert.Equal(1, await empty.Scalar<long>("select count(*) from schema_version where version = 1"));
    }
}

public abstract class OpeningTests(Func<Task<Database>> create) : StorageTest(create)
{
    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await Database.Execute(Database is SqliteDatabase
            ? "insert into schema_version values ('marketplace', 999, 0)"
            : "insert into schema_version values ('marketplace', 999, now())");
        await Storage.DisposeAsync();

        await using var older = Database.NewStorage();
        var refused = await Assert.ThrowsAsync<StorageRefusedException>(() => older.Open());
        Assert.Contains("schema version 999, newer", refused.En, StringComparison.Ordinal);
        Assert.Contains("999", refused.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_as_it_was()
    {
        await using var foreign = Database is SqliteDatabase ? new SqliteDatabase() : await OnPostgres();
        await foreign.Execute("create table somebody_elses (id integer)");
        await using var storage = foreign.NewStorage();
        var refused = await Assert.ThrowsAsync<StorageRefusedException>(() => storage.Open());
        Assert.Contains("another program's tables", refused.En, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => foreign.Execute("select 1 from events"));
    }

    [Fact]
    public async Task An_empty_database_is_not_created_by_a_check()
    {
        await using var empty = Database is SqliteDatabase ? new SqliteDatabase() : await OnPostgres();
        await empty.Execute("select 1");
        await using var storage = empty.NewStorage();
        await Assert.ThrowsAsync<StorageRefusedException>(() => storage.Open(StorageMode.ReadOnly));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => empty.Execute("select 1 from events"));
    }

    [Fact]
    public async Task A_check_reads_beside_a_running_host_and_cannot_write()
    {
        await new Script("agreement/a").Play(Journal);
        await using var reader = Database.NewStorage();
        await reader.Open(StorageMode.ReadOnly);
        Assert.Empty(await JournalCheck.Run(reader.Audit).ToListAsync());
        await using var view = await reader.Audit.OpenView();
        Assert.Equal(1, await view.ReadByStream().CountAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Script("agreement/b").Play(reader.Journal));
    }

    [Fact]
    public async Task Opening_again_finds_everything_and_changes_nothing()
    {
        var script = new Script("agreement/a");
        await script.Play(Journal);
        await Storage.DisposeAsync();
        await using var again = Database.NewStorage();
        await again.Open();
        Assert.IsType<CommitResult.Committed>(await script.Play(again.Journal));
        Assert.Equal(1, await Database.Scalar<long>("select count(*) from schema_version where version = 1"));
    }
}

public sealed class Choosing_a_storage
{
    [Theory]
    [InlineData("Data Source=./data/marketplace.db", StorageKind.Sqlite)]
    [InlineData("DataSource=:memory:", StorageKind.Sqlite)]
    [InlineData("Host=localhost;Database=m", StorageKind.Postgres)]
    [InlineData("Server=localhost;Database=m", StorageKind.Postgres)]
    public void Is_told_by_the_connection_string(string connectionString, StorageKind expected) =>
        Assert.Equal(expected, StorageKinds.Of(connectionString));

    [Theory]
    [InlineData("")]
    [InlineData("marketplace.db")]
    [InlineData("Database=m")]
    public void Anything_else_is_refused_in_one_sentence(string connectionString) =>
        Assert.Contains("Data Source=", Assert.Throws<StorageRefusedException>(() => StorageKinds.Of(connectionString)).En, StringComparison.Ordinal);
}
