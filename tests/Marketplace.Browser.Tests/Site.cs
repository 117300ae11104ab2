using Marketplace.Browser.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Site))]

namespace Marketplace.Browser.Tests;

/// <summary>A host with a market in it, and one browser; all tests share both, each in a browser context of its own.</summary>
public sealed class Site : IAsyncLifetime
{
    private Server server = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    /// <summary>Last word on the services of the host.</summary>
    public Action<IServiceCollection> Configure { get; init; } = _ => { };

    public People People { get; private set; } = null!;

    public IServiceProvider Services => server.Services;

    public string Address => server.Address;

    public Market Market { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        server = await Server.Start(services =>
        {
            People.StandStill(services);
            Configure(services);
        });
        Market = new Market(server.Services);
        await Market.Open();
        await Market.IsInTheIndex();
        People = new People(server.Services);
        await People.Open(Market);
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Launch(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>A new reader who calls this machine by its name: passkeys belong to a name, and an address of IP is none.</summary>
    public async Task<Visit> VisitByName(string address)
    {
        var visit = await Browser.Tests.Visit.Begin(browser, server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), new Guise());
        await visit.Go(address);
        return visit;
    }

    /// <summary>A new reader, with no cookie but those that they come with, on the page at this address.</summary>
    public async Task<Visit> Visit(string address, Guise? guise = null)
    {
        var visit = await Browser.Tests.Visit.Begin(browser, server.Address, guise ?? new Guise());
        await visit.Go(address);
        return visit;
    }
}
