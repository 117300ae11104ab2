using Marketplace.Host.Composition;
using Marketplace.Host.Seeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.Browser.Tests;

/// <summary>The whole host on a free loopback port, on SQLite in memory, without an alarm clock of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly WebApplication app;

    private Server(WebApplication app) => this.app = app;

    public IServiceProvider Services => app.Services;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <param name="settings">Later ones win.</param>
    public static Task<Server> Start(params string[] settings) => Start(_ => { }, settings);

    /// <param name="configure">Last word on the services.</param>
    /// <param name="settings">Later ones win.</param>
    public static async Task<Server> Start(Action<IServiceCollection> configure, params string[] settings)
    {
        var app = MarketplaceHost.Build(
            ["--urls=http://127.0.0.1:0", "--Storage:ConnectionString=Data Source=:memory:", "--AlarmClock:Enabled=false", "--Accounts:PostsPerMinute=1000000", $"--{ReplaySeeds.Enabled}=false", .. settings],
            builder =>
            {
                builder.Logging.ClearProviders();
                configure(builder.Services);
            });
        app.MapGet("/test/bug", string () => throw new InvalidOperationException("secret inside"));
        app.MapGet("/test/outage", string () => throw new Journal.JournalUnavailableException("secret inside"));
        await app.StartEngine();
        return new Server(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
