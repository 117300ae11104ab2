using Microsoft.Playwright;

namespace Marketplace.Browser.Tests;

internal static class Chromium
{
    /// <summary>Where Debian puts it; elsewhere MARKETPLACE_CHROMIUM says where it is. The one without windows is the same engine in a third of the time.</summary>
    private static readonly string[] Paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    public static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("MARKETPLACE_CHROMIUM") ?? Paths.FirstOrDefault(File.Exists) ?? Paths[^1],
        Args =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });
}
