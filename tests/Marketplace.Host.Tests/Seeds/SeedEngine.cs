using Marketplace.Application.Grains;
using Marketplace.Host.Composition;
using Marketplace.Host.Seeds;
using Marketplace.Journal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.Host.Tests.Seeds;

/// <summary>The engine without its web face and without an alarm clock; the demo data plays when a test says so.</summary>
internal sealed class SeedEngine : IAsyncDisposable
{
    private readonly IHost host;

    private SeedEngine(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public IJournal Journal => host.Services.GetRequiredService<IJournal>();

    public ReplaySeeds Replay => host.Services.GetRequiredService<ReplaySeeds>();

    /// <param name="machine">What the host takes for the time of its machine.</param>
    /// <param name="wrap">Stands between the grains and the storage.</param>
    public static async Task<SeedEngine> Start(
        string connectionString = "Data Source=:memory:", TimeProvider? machine = null, Func<IJournal, IJournal>? wrap = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Payments:Sandbox", "true")]);
        builder.AddMarketplaceEngine(connectionString);
        if (machine is not null)
        {
            builder.Services.AddSingleton(machine);
        }

        if (wrap is not null)
        {
            builder.Services.AddSingleton(services => wrap(services.GetRequiredService<IStorage>().Journal));
        }

        builder.Services.AddSingleton<PunctualAlarm>().AddSingleton<ReplayProgress>().AddSingleton<ReplaySeeds>();
        var host = builder.Build();
        await host.StartEngine();
        return new SeedEngine(host);
    }

    /// <summary>What the journal says in the end: each stream with its version and the hash that covers all of it.</summary>
    public async Task<IReadOnlyList<string>> Heads()
    {
        var heads = new List<string>();
        await foreach (var head in Journal.ReadHeads())
        {
            heads.Add($"{head.Stream} {head.Version} {Convert.ToHexStringLower(head.Hash.Span)}");
        }

        return heads;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
