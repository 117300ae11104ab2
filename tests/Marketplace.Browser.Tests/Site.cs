using Marketplace.Application.Grains;
using Marketplace.Browser.Tests;
using Marketplace.Host.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Site))]

namespace Marketplace.Browser.Tests;

/// <summary>The whole host on a free loopback port with a market in it, and one browser; all tests share both, each in a context of its own.</summary>
public sealed class Site : IAsyncLifetime
{
    private WebApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public string Address { get; private set; } = "";

    public Market Market { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        app = MarketplaceHost.Build(
            ["--urls=http://127.0.0.1:0", "--Storage:ConnectionString=Data Source=:memory:"],
            builder => builder.Logging.ClearProviders());
        app.MapGet("/test/bug", string () => throw new InvalidOperationException("secret inside"));
        app.MapGet("/test/outage", string () => throw new Journal.JournalUnavailableException("secret inside"));
        app.Services.GetRequiredService<SettableTime>().StandAt(Market.Start);
        await app.StartEngine();
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Market = new Market(app.Services);
        await Market.Open();
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Launch(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>A new reader, with no cookie but those that they come with, on the page at this address.</summary>
    public async Task<Visit> Visit(string address, Guise? guise = null)
    {
        var visit = await Browser.Tests.Visit.Begin(browser, Address, guise ?? new Guise());
        await visit.Go(address);
        return visit;
    }
}
