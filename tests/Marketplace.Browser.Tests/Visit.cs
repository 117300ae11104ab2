using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Marketplace.Application.Door;
using Marketplace.Host.Api;
using Marketplace.Host.Components;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>How somebody comes to the site.</summary>
/// <param name="Language">Remembered from an earlier visit: <c>zh</c>, <c>en</c> or null.</param>
/// <param name="As">Signed in already, through the cookie of the development sign-in.</param>
public sealed record Guise(
    string? Language = null, bool Dark = false, int Width = 1400, bool JavaScript = true, Principal? As = null, string BrowserLanguage = "zh-CN");

/// <summary>One reader with a browser context of their own. A page that complains on the console fails the test.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>Milliseconds. Generous: a busy machine makes a test slow, never red.</summary>
    private const float Patience = 120_000;

    private readonly List<string> complaints = [];
    private readonly IBrowserContext context;
    private readonly string site;

    private Visit(IBrowserContext context, IPage page, string site)
    {
        (this.context, Page, this.site) = (context, page, site);
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience / 4);
        page.Console += (_, message) =>
        {
            // A status of 400 and more is an answer; tests look at it themselves.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource: the server responded with a status", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>HTTP status of the page that was opened last.</summary>
    public int Status { get; private set; }

    public static async Task<Visit> Begin(IBrowser browser, string site, Guise guise)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site,
            ViewportSize = new ViewportSize { Width = guise.Width, Height = 900 },
            ColorScheme = guise.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = guise.JavaScript,
            Locale = guise.BrowserLanguage,
        });
        await context.AddCookiesAsync(Cookies(guise, site));
        return new Visit(context, await context.NewPageAsync(), site);
    }

    /// <remarks>Another place on the same page is no new answer: its status stays.</remarks>
    public async Task Go(string address) => Status = (await Page.GotoAsync(address))?.Status ?? Status;

    /// <summary>Where the reader is, from the first slash on.</summary>
    public string Where => Page.Url[site.Length..];

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public Task<string> MainText() => Page.GetByRole(AriaRole.Main).InnerTextAsync();

    /// <summary>Nothing on the page is wider than the window.</summary>
    public async Task FitsItsWindow() => Assert.Equal(
        await Page.EvaluateAsync<int>("() => document.documentElement.clientWidth"),
        await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

    /// <summary>All rules of axe, best practices included.</summary>
    public async Task IsAccessible()
    {
        var result = await Page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{Where}\n{string.Join('\n', result.Violations.Select(Describe))}");
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.Empty(complaints);
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}\n{string.Join('\n', violation.Nodes.Take(5).Select(n => $"    {n.Html}"))}";

    private static IEnumerable<Cookie> Cookies(Guise guise, string site)
    {
        if (guise.Language is { } language)
        {
            yield return new Cookie { Name = Reader.LanguageKey, Value = language, Url = site };
        }

        if (guise.As is { } principal)
        {
            var text = $"role={principal.Role};person={principal.Person}{(principal.Organisation is { } o ? $";organisation={o}" : "")}";
            yield return new Cookie { Name = DevelopmentPrincipal.Cookie, Value = Uri.EscapeDataString(text), Url = site };
        }
    }
}
