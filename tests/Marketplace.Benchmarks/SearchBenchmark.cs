using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Marketplace.Application;
using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Benchmarks.Searches;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Search;
using Marketplace.Storage.Postgres;
using Marketplace.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.Benchmarks;

/// <summary>The catalog's search with 16 clients while listings change, beside the same questions to PostgreSQL's own search on the same listings.</summary>
internal static class SearchBenchmark
{
    private const int Clients = 16;
    private const int ChangesPerSecond = 20;
    private const int Hosts = 2;
    private const int PublishedToBeFound = 20;
    private static readonly TimeSpan PageBudget = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CountBudget = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan FoundBudget = TimeSpan.FromSeconds(1);

    public static async Task<bool> Run(int listings, TimeSpan each)
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-benchmark-");
        try
        {
            await using var cluster = await PostgresCluster.Start(durable: true, "shared_buffers=1GB", "max_wal_size=4GB");
            await using var storage = new PostgresStorage(await cluster.CreateDatabase(), TimeProvider.System);
            await storage.Open();
            var made = new MadeListings(storage.NpgsqlDataSource, listings);
            await made.Fill();
            var hosts = new List<SearchHost>();
            for (var i = 0; i < Hosts; i++)
            {
                hosts.Add(await SearchHost.Start(storage, folder.FullName));
            }

            foreach (var host in hosts)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{listings:n0} listings: index made in {host.Built.TotalSeconds:n1} s, {SizeOf(folder) / Hosts / 1e6:n0} MB"));
            }

            var began = Stopwatch.GetTimestamp();
            await made.FillBaseline();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same with a tsvector in PostgreSQL: {Stopwatch.GetElapsedTime(began).TotalSeconds:n1} s"));
            var isMet = await Measure(hosts[0], storage, made, listings, each);
            isMet &= await MeasureFound(hosts, storage, made);
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }

            return isMet;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> Measure(SearchHost host, PostgresStorage storage, MadeListings made, int listings, TimeSpan each)
    {
        using var ending = new CancellationTokenSource();
        var changing = Change(made, storage, listings, ending.Token);
        var baseline = new Baseline(storage.NpgsqlDataSource);
        var fields = Enum.GetValues<TechnologyField>();
        TechnologyField Field(int client, int turn) => fields[(client + turn) % fields.Length];
        static int Another(int client, int turn) => (client + (turn * Clients)) * 37;
        const string FrequentBaseline = "电池", RareBaseline = "超晶 & 晶格";

        async Task Page(SearchResults query) => await host.Find(query);
        async Task Counts(CountResults query) => await host.Count(query);
        (string Name, string Key, TimeSpan? Budget, Func<int, int, Task> Ask, Func<int, int, Task>? Beside)[] questions =
        [
            ("first page, newest", "newest", PageBudget, (_, _) => Page(new()), (_, _) => baseline.Newest()),
            ("first page, two facets", "two-facets", PageBudget, (c, t) => Page(new(Field: [Field(c, t)], Readiness: [6, 7])), (c, t) => baseline.TwoFacets(Field(c, t))),
            ("first page, rare word", "rare", PageBudget, (_, _) => Page(new(MadeListings.Rare)), (_, _) => baseline.Word(RareBaseline)),
            ("first page, frequent word", "frequent", PageBudget, (_, _) => Page(new(MadeListings.Frequent)), (_, _) => baseline.Word(FrequentBaseline)),
            ("first page, frequent word, titles first", "titles-first", PageBudget, (_, _) => Page(new(MadeListings.Frequent, Order: CatalogOrder.TitleFirst)), null),
            ("first page, frequent word and two facets", "frequent-two-facets", PageBudget, (c, t) => Page(new(MadeListings.Frequent, Field: [Field(c, t)], Readiness: [6, 7])), null),
            ("facet counts of everything", "counts", CountBudget, (_, _) => Counts(new()), (_, _) => baseline.Facets(null)),
            ("facet counts with two facets", "counts-two-facets", CountBudget, (c, t) => Counts(new(Field: [Field(c, t)], Readiness: [6, 7])), null),
            ("facet counts of a rare word", "counts-rare", CountBudget, (_, _) => Counts(new(MadeListings.Rare)), (_, _) => baseline.Facets(RareBaseline)),
            ("facet counts of a frequent word", "counts-frequent", CountBudget, (_, _) => Counts(new(MadeListings.Frequent)), (_, _) => baseline.Facets(FrequentBaseline)),
            ("first page, another word each time", "words", PageBudget, (c, t) => Page(new(made.Word(Another(c, t)))), null),
            ("facet counts, another word each time", "counts-words", CountBudget, (c, t) => Counts(new(made.Word(Another(c, t)))), null),
            ("the use case: page with its cards, frequent word", "use-case", null, (_, _) => host.Ask(new(MadeListings.Frequent)), null),
        ];

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Milliseconds, {Clients} clients in turn without a pause, {ChangesPerSecond} listings changed a second; beside one client alone and PostgreSQL"));
        Console.WriteLine($"{"",-50}{"p50",9}{"p99",9}{"alone p50",11}{"alone p99",11}{"pg p50",9}{"pg p99",9}");
        var isMet = true;
        var ratios = new List<(string, double, double)>();
        foreach (var (name, key, budget, ask, beside) in questions)
        {
            var ours = await Latencies.Of(Clients, each, ask);
            var alone = await Latencies.Of(1, each / 2, ask);
            var theirs = beside is null ? null : await Latencies.Of(Clients, each, beside);
            Console.WriteLine(
                $"{name,-50}{Number(ours.P50),9}{Number(ours.P99),9}{Number(alone.P50),11}{Number(alone.P99),11}{Number(theirs?.P50),9}{Number(theirs?.P99),9}");
            if (budget is { } milliseconds)
            {
                ratios.Add(($"search-{key}-p99-within-budget", milliseconds.TotalMilliseconds / ours.P99, 1));
            }

            if (theirs is not null)
            {
                ratios.Add(($"search-{key}-p99-beside-tsvector", theirs.P99 / ours.P99, 1));
            }
        }

        foreach (var (name, value, target) in ratios)
        {
            isMet &= Report.Ratio(name, value, target);
        }

        await ending.CancelAsync();
        await changing;
        return isMet;
    }

    private static async Task<bool> MeasureFound(IReadOnlyList<SearchHost> hosts, PostgresStorage storage, MadeListings made)
    {
        var waits = new ConcurrentBag<double>();
        for (var i = 0; i < PublishedToBeFound; i++)
        {
            var mark = await made.Publish(storage.Journal);
            var committed = Stopwatch.GetTimestamp();
            await Task.WhenAll(hosts.Select(async host =>
            {
                while ((await host.Find(new SearchResults(mark)))?.Count != 1)
                {
                    await Task.Delay(5);
                }

                waits.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
            }));
        }

        Report.Heading($"From the commit until it is found on {Hosts} hosts", "milliseconds");
        Report.Row("a published listing", Spread.Of(waits));
        return Report.Ratio("search-found-within-budget", FoundBudget.TotalMilliseconds / waits.Max(), 1);
    }

    private static async Task Change(MadeListings made, PostgresStorage storage, int listings, CancellationToken ending)
    {
        for (var i = 0; !ending.IsCancellationRequested; i++)
        {
            await (i % 2 == 0 ? made.Publish(storage.Journal) : made.Change(storage.Journal, i * 7919 % listings));
            await Task.Delay(TimeSpan.FromSeconds(1.0 / ChangesPerSecond), CancellationToken.None);
        }
    }

    private static long SizeOf(DirectoryInfo folder) => folder.GetFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    private static string Number(double? milliseconds) => milliseconds?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A host's index on a database, with the use cases of the catalog.</summary>
    private sealed class SearchHost : IAsyncDisposable
    {
        private readonly ServiceProvider services;

        private SearchHost(ServiceProvider services) => this.services = services;

        public TimeSpan Built { get; private set; }

        private ICatalogIndex Index => services.GetRequiredService<ICatalogIndex>();

        public static async Task<SearchHost> Start(PostgresStorage storage, string folder)
        {
            var host = new SearchHost(new ServiceCollection()
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole())
                .AddSingleton(new MarketplaceClock(TimeProvider.System))
                .AddSingleton(storage.Journal)
                .AddPooledDbContextFactory<MarketplaceReads>(options => options.UseNpgsql(storage.NpgsqlDataSource))
                .AddMarketplaceApplication()
                .AddCatalogIndex(new CatalogIndexSettings(folder))
                .BuildServiceProvider());
            var began = Stopwatch.GetTimestamp();
            var following = host.services.GetServices<IHostedService>().OfType<FollowCatalog>().Single();
            await following.StartAsync(CancellationToken.None);
            while (await host.Count(new CountResults()) is null)
            {
                await Task.Delay(20);
            }

            host.Built = Stopwatch.GetElapsedTime(began);
            return host;
        }

        public Task<IReadOnlyList<CatalogPlace>?> Find(SearchResults q) => Index.Find(
            CatalogFilter.Of(q).Value, q.Order, null, q.Limit + 1, CancellationToken.None);

        public Task<CatalogCounts?> Count(CountResults q) => Index.Count(
            CatalogFilter.Of(q).Value, CancellationToken.None);

        public async Task Ask(SearchResults query)
        {
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IRequestHandler<SearchResults, Result<Page<ResultCard>>>>().Handle(query, CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var service in services.GetServices<IHostedService>().OfType<FollowCatalog>())
            {
                await service.StopAsync(CancellationToken.None);
            }

            await services.DisposeAsync();
        }
    }
}
