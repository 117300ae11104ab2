using Marketplace.Application.Grains;
using Marketplace.Host.Composition;
using Marketplace.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.Benchmarks.Loads;

/// <summary>The engine as the host runs it, without the web and without the alarm clock.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost host;

    private EngineHost(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public SettableTime Time => Services.GetRequiredService<SettableTime>();

    public IStorage Storage => Services.GetRequiredService<IStorage>();

    public static async Task<EngineHost> Start(string connectionString)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddMarketplaceEngine(connectionString);
        var host = builder.Build();
        await host.StartEngine();
        return new EngineHost(host);
    }

    public async Task<long> Count(string sql)
    {
        await using var count = Storage.DataSource.CreateCommand(sql);
        return Convert.ToInt64(await count.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task Execute(string sql)
    {
        await using var command = Storage.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
