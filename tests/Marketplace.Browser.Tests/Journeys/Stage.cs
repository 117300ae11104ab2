using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Notices;
using Marketplace.Host.Accounts;
using Marketplace.Host.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

/// <summary>
/// A marketplace in which there is nobody yet. One role walks through it, page by page; the others act through the door. Time goes on when a test says
/// so, and what falls due meanwhile is done at its instant.
/// </summary>
public sealed class Stage : IAsyncLifetime
{
    public const string FirstAdministrator = "guan@example.cn";

    private readonly SettableTime accounts = new(TimeProvider.System);
    private Server server = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private SettableTime time = null!;

    /// <summary>Those who do not walk.</summary>
    public Market Market { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        accounts.StandAt(People.Now);
        server = await Server.Start(services => services.AddSingleton(new AccountClock(accounts)), $"--Accounts:FirstAdministrator={FirstAdministrator}");
        time = server.Services.GetRequiredService<SettableTime>();
        time.StandAt(Market.Start);
        Market = new Market(server.Services);
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Launch(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>Somebody who comes to the front page for the first time.</summary>
    public async Task<Walker> Newcomer(int width = 1400)
    {
        var visit = await Visit.Begin(browser, server.Address, new Guise(Width: width));
        await visit.Go("/");
        return new Walker(this, visit);
    }

    /// <summary>Somebody who has long been here, and has proven who they are.</summary>
    public async Task<Walker> Known(Principal principal) => new(this, await Visit.Begin(browser, server.Address, new Guise(As: principal)));

    /// <summary>Whoever has proven who they are has to do so again.</summary>
    public void ProofsLapse() => accounts.StandAt(accounts.GetUtcNow() + Principal.ProofLasts + TimeSpan.FromSeconds(1));

    /// <summary>Everybody is told what has happened.</summary>
    public async Task Tell()
    {
        while (await server.Services.GetRequiredService<FollowNotices>().Step())
        {
        }
    }

    /// <summary>Days pass, and everything that falls due in them happens.</summary>
    public async Task Pass(int days)
    {
        var until = time.GetUtcNow().AddDays(days);
        await ActivatorUtilities.CreateInstance<PunctualAlarm>(server.Services).RingUntil(until, TestContext.Current.CancellationToken);
        time.StandAt(until);
        await Market.IsInTheIndex();
    }

    /// <summary>The next code of an authenticator: none is taken twice.</summary>
    public string NextCode(string key)
    {
        accounts.StandAt(accounts.GetUtcNow().AddSeconds(30));
        return TimeBasedCode.At(key, accounts.GetUtcNow().UtcDateTime);
    }
}
