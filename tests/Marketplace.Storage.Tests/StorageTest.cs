using Marketplace.Journal;
using Xunit;

namespace Marketplace.Storage.Tests;

/// <summary>A fresh database and an open storage for each test; derived once per database.</summary>
public abstract class StorageTest(Func<Task<Database>> create) : IAsyncLifetime
{
    public static readonly Func<Task<Database>> OnSqlite = () => Task.FromResult<Database>(new SqliteDatabase());
    public static readonly Func<Task<Database>> OnPostgres = PostgresDatabase.Create;

    protected Database Database { get; private set; } = null!;

    protected IStorage Storage { get; private set; } = null!;

    protected IJournal Journal => Storage.Journal;

    public async ValueTask InitializeAsync()
    {
        Database = await create();
        Storage = Database.NewStorage();
        await Storage.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<List<Finding>> Check() => await JournalCheck.Run(Storage.Audit).ToListAsync();

    /// <summary>
    /// Everything that is stored, by paging. On PostgreSQL an event shows only when no older transaction of the whole server is running
    /// (other tests' too), so the reader keeps asking until it has as many as the table holds.
    /// </summary>
    protected async Task<List<RecordedEvent>> ReadEverything()
    {
        var stored = await Database.Scalar<long>("select count(*) from events");
        var all = new List<RecordedEvent>();
        while (all.Count < stored)
        {
            all.AddRange(await Journal.ReadAll(all.Count > 0 ? all[^1].Position : JournalPosition.Start, 100));
        }

        return all;
    }
}
