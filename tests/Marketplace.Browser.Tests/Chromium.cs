using Microsoft.Playwright;

namespace Marketplace.Browser.Tests;

internal static class Chromium
{
    /// <summary>Where Debian puts it; elsewhere MARKETPLACE_CHROMIUM says where it is.</summary>
    private const string Path = "/usr/bin/chromium";

    public static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("MARKETPLACE_CHROMIUM") ?? Path,
        Args =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });
}
