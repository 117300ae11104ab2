using Marketplace.Domain;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Marketplace.Search.Tests;

/// <summary>An empty database with a shelf, and a host that follows it; derived once per database.</summary>
public abstract class CatalogTest(Func<Task<Database>> create) : IAsyncLifetime
{
    public static readonly Func<Task<Database>> OnSqlite = () => Task.FromResult<Database>(new SqliteDatabase());
    public static readonly Func<Task<Database>> OnPostgres = PostgresDatabase.Create;

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(Shelf.Opened).AddDays(30));

    private protected IStorage Storage { get; private set; } = null!;

    private protected Shelf Shelf { get; private set; } = null!;

    private protected CatalogHost Host { get; private set; } = null!;

    private protected Database Database { get; private set; } = null!;

    private protected DateOnly Today => LocalTime.DateOf(Time.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        Database = await create();
        Storage = Database.NewStorage();
        await Storage.Open();
        Shelf = new Shelf(Storage.Journal);
        await Shelf.RegisterLab();
        Host = new CatalogHost(Storage, Time);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Storage.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
