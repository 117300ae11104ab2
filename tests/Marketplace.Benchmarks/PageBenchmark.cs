using System.Diagnostics;
using System.Globalization;
using System.Net;
using Marketplace.Benchmarks.Searches;
using Marketplace.Storage.Postgres;
using Marketplace.Testing;

namespace Marketplace.Benchmarks;

/// <summary>
/// What a page of the catalog costs the processor of its server: the real program as a process of its own, on a PostgreSQL with listings, asked by
/// clients that do not pause. What PostgreSQL needs is another process and not counted.
/// </summary>
internal static class PageBenchmark
{
    private const int Listings = 10_000;
    private const int Clients = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(2);

    /// <summary>As readers come: the first page, pages of a facet, and words.</summary>
    private static readonly (string Name, Func<int, string> Address)[] Pages =
    [
        ("first page", _ => "/"),
        ("first page, in English", _ => "/?lang=en"),
        ("two facets", turn => $"/?field=NewEnergy&readiness={1 + (turn % 9)}"),
        ("a frequent word", _ => $"/?text={Uri.EscapeDataString(MadeListings.Frequent)}"),
    ];

    public static async Task<bool> Run(int rounds, TimeSpan each)
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-benchmark-");
        try
        {
            await using var cluster = await PostgresCluster.Start(durable: true, "shared_buffers=512MB");
            var database = await cluster.CreateDatabase();
            await using (var storage = new PostgresStorage(database, TimeProvider.System))
            {
                await storage.Open();
                await new MadeListings(storage.NpgsqlDataSource, Listings).Fill();
            }

            var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
            using var host = HostProgram.Start(folder.FullName, "C", "--urls", address.ToString(), "--database", database, "--Seeds:Enabled=false", "--Logging:LogLevel:Default=Warning");
            host.BeginOutputReadLine();
            host.BeginErrorReadLine();
            try
            {
                return await Measure(host, address, rounds, each);
            }
            finally
            {
                host.Kill(entireProcessTree: true);
                await host.WaitForExitAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> Measure(Process host, Uri address, int rounds, TimeSpan each)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        while (!await IsReady(client))
        {
            if (host.HasExited)
            {
                throw new InvalidOperationException($"The host ended with code {host.ExitCode}.");
            }

            await Task.Delay(100);
        }

        foreach (var (_, page) in Pages)
        {
            await Ask(client, page, WarmUp);
        }

        var measured = Pages.ToDictionary(p => p.Name, _ => (Cpu: new List<double>(), PerSecond: new List<double>()));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, page) in Pages)
            {
                host.Refresh();
                var (busy, began) = (host.TotalProcessorTime, Stopwatch.GetTimestamp());
                var answers = await Ask(client, page, each);
                host.Refresh();
                measured[name].Cpu.Add((host.TotalProcessorTime - busy).TotalMilliseconds / answers);
                measured[name].PerSecond.Add(answers / Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }

        Report.Heading($"The server's processor for a page of the catalog, {Listings:n0} listings, {Clients} clients", "milliseconds");
        foreach (var (name, spreads) in measured)
        {
            Report.Row(name, Spread.Of(spreads.Cpu), "n2");
            Report.Row("  pages per second", Spread.Of(spreads.PerSecond));
        }

        return measured.Aggregate(true, (met, m) => Report.Ratio(
            $"page-{m.Key.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-').ToLowerInvariant()}-within-budget", Budget.TotalMilliseconds / Spread.Of(m.Value.Cpu).Median, 1) && met);
    }

    /// <returns>How many pages were answered.</returns>
    private static async Task<int> Ask(HttpClient client, Func<int, string> page, TimeSpan duration)
    {
        var (began, answers) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(own => Task.Run(async () =>
        {
            for (var turn = own; Stopwatch.GetElapsedTime(began) < duration; turn++)
            {
                using var answer = await client.GetAsync(new Uri(page(turn), UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                await answer.Content.LoadIntoBufferAsync();
                Interlocked.Increment(ref answers);
            }
        })));
        return answers;
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
