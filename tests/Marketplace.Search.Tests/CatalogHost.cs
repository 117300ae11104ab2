using Marketplace.Application;
using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.Search.Tests;

/// <summary>What a host has for its catalog: the use cases, and an index that takes a step when it is told to.</summary>
internal sealed class CatalogHost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <param name="storage">Open; stays the caller's, and may be another host's too.</param>
    /// <param name="folder">Of its index; null: it goes with the host.</param>
    /// <param name="isIndexed">False: a host without an index.</param>
    public CatalogHost(IStorage storage, TimeProvider time, string? folder = null, bool isIndexed = true)
    {
        var registered = new ServiceCollection()
            .AddLogging(logging => logging.ClearProviders())
            .AddSingleton(new MarketplaceClock(time))
            .AddSingleton(storage.Journal)
            .AddPooledDbContextFactory<MarketplaceReads>(options => _ = storage is SqliteStorage sqlite
                ? options.UseSqlite(sqlite.ConnectionString)
                : options.UseNpgsql(storage.DataSource))
            .AddMarketplaceApplication();
        if (isIndexed)
        {
            registered.AddCatalogIndex(folder is null
                ? new CatalogIndexSettings(Path.Combine(Path.GetTempPath(), $"marketplace-search-tests-{Guid.NewGuid():N}"), IsTemporary: true)
                : new CatalogIndexSettings(folder));
            registered.AddSingleton<FollowCatalog>();
        }

        services = registered.BuildServiceProvider();
    }

    private FollowCatalog Following => services.GetRequiredService<FollowCatalog>();

    /// <summary>Takes steps while there is more to do at once.</summary>
    public async Task Follow()
    {
        while (await Following.Step())
        {
        }
    }

    /// <summary>Takes steps until it is so. On PostgreSQL whoever writes anywhere on the server holds readers back for a moment.</summary>
    public async Task FollowUntil(Func<Task<bool>> isSo)
    {
        do
        {
            await Following.Step();
        }
        while (!await isSo());
    }

    public async Task<Page<ResultCard>> Ask(SearchResults query) => (await Answer<SearchResults, Page<ResultCard>>(query)).Value;

    public Task<Result<Page<ResultCard>>> Answer(SearchResults query) => Answer<SearchResults, Page<ResultCard>>(query);

    /// <summary>Titles in Chinese, in order.</summary>
    public async Task<string[]> Titles(SearchResults query) => [.. (await Ask(query)).Items.Select(c => c.Title.Zh)];

    public async Task<bool> Finds(string text, string title) => (await Titles(new SearchResults(text))).Contains(title);

    public async Task<CatalogCounts?> Count(CountResults query) => (await Answer<CountResults, ResultCounts>(query)).Value.Counts;

    /// <summary>What the index finds, by id; never more than there are on a shelf.</summary>
    public async Task<string[]> Find(CatalogFilter filter) =>
        [.. (await services.GetRequiredService<ICatalogIndex>().Find(filter, CatalogOrder.Newest, null, 1_000, CancellationToken.None))!.Select(p => p.Result).Order(StringComparer.Ordinal)];

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<Result<TView>> Answer<TQuery, TView>(TQuery query) where TQuery : IQuery<TView>
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IRequestHandler<TQuery, Result<TView>>>().Handle(query, CancellationToken.None);
    }
}
