using Marketplace.Application.Invariants;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

/// <summary>A fresh database for each test, a scribe who writes into it, and the check of all invariants.</summary>
public abstract class InvariantTest(Func<Task<Database>> create) : IAsyncLifetime
{
    public static readonly Func<Task<Database>> OnSqlite = () => Task.FromResult<Database>(new SqliteDatabase());
    public static readonly Func<Task<Database>> OnPostgres = PostgresDatabase.Create;

    protected static readonly string Agreement = $"agreement/{DerivedId.From<AgreementId>("agreement")}";

    private readonly ServiceProvider services = Services();

    protected Database Database { get; private set; } = null!;

    protected IStorage Storage { get; private set; } = null!;

    private protected Scribe Scribe => new(Storage.Journal);

    public async ValueTask InitializeAsync()
    {
        Database = await create();
        Storage = Database.NewStorage();
        await Storage.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Storage.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<List<Finding>> Check(DateTimeOffset? nowUtc = null) =>
        await services.GetRequiredService<MarketplaceCheck>().Run(Storage.Audit, nowUtc).ToListAsync();

    /// <summary>Every finding in one word: invariant, and the row that is named.</summary>
    protected async Task<List<string>> Found(DateTimeOffset? nowUtc = null) => [.. (await Check(nowUtc)).Select(f => $"{f.Invariant} {f.Row}")];

    /// <summary>Writes a story with its catalog, and after it what the rules would never have written.</summary>
    private protected async Task Write(AgreementStory story, params AgreementEvent[] impossible) => await Write(story, Actor.System, impossible);

    private protected async Task Write(AgreementStory story, Actor actor, params AgreementEvent[] impossible)
    {
        await Scribe.WriteCatalog(story.State.Terms);
        await Scribe.WriteAgreement([.. story.Told, new ToldCommand(actor, story.NowUtc, impossible)]);
    }

    /// <summary>Name of the row of the agreement's last event.</summary>
    private protected static string LastEvent(AgreementStory story, int after = 1) => $"events {Agreement} version {story.Events.Count + after}";

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddMarketplaceCheck();
        return services.BuildServiceProvider();
    }
}
