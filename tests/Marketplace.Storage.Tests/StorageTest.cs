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

    protected async Task<List<RecordedEvent>> ReadEverything()
    {
        var all = new List<RecordedEvent>();
        for (var at = JournalPosition.Start; ;)
        {
            var page = await Journal.ReadAll(at, 100);
            if (page.Count == 0)
            {
                return all;
            }

            all.AddRange(page);
            at = page[^1].Position;
        }
    }
}
