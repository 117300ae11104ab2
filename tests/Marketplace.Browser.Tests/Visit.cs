using Deque.AxeCore.Commons;
using Marketplace.Application.Door;
using Marketplace.Host.Api;
using Marketplace.Host.Components;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>How somebody comes to the site.</summary>
/// <param name="Language">Remembered from an earlier visit: <c>zh</c>, <c>en</c> or null.</param>
/// <param name="As">Signed in already, through the cookie of the development sign-in.</param>
/// <param name="Session">Signed in already to an account, by the secret of a session.</param>
public sealed record Guise(
    string? Language = null, bool Dark = false, int Width = 1400, bool JavaScript = true, Principal? As = null, string BrowserLanguage = "zh-CN", string? Session = null);

/// <summary>One reader with a browser context of their own. A page that complains on the console fails the test.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>Milliseconds. Generous: a busy machine makes a test slow, never red.</summary>
    private const float Patience = 120_000;

    private const int Height = 900;

    /// <summary>Says of a page whether the one a link leads to is still on its way: the address changes first, what is seen after it.</summary>
    private const string SayWhatIsComing =
        """
        document.addEventListener('DOMContentLoaded', () => {
          globalThis.Blazor?.addEventListener('enhancednavigationstart', () => { globalThis.isComing = true; });
          globalThis.Blazor?.addEventListener('enhancednavigationend', () => { globalThis.isComing = false; });
        });
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

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
            ViewportSize = new ViewportSize { Width = guise.Width, Height = Height },
            ColorScheme = guise.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = guise.JavaScript,
            ReducedMotion = ReducedMotion.Reduce, // a colour on its way to another is neither
            Locale = guise.BrowserLanguage,
        });
        var visit = new Visit(context, await context.NewPageAsync(), site);
        await context.AddCookiesAsync(visit.Cookies(guise));
        await context.AddInitScriptAsync(SayWhatIsComing);
        return visit;
    }

    /// <remarks>Another place on the same page is no new answer: its status stays.</remarks>
    public async Task Go(string address) => Status = (await Page.GotoAsync(address))?.Status ?? Status;

    /// <summary>Waits until the page is there whole, and is the one that its address names.</summary>
    public Task HasCome() => Page.WaitForFunctionAsync("() => document.readyState === 'complete' && !globalThis.isComing");

    /// <summary>The same reader on the same page, who reads another language, in another light, in another window.</summary>
    public async Task ComeAgain(string language, bool dark, int width)
    {
        await context.AddCookiesAsync([LanguageCookie(language)]);
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await Page.SetViewportSizeAsync(width, Height);
        await Page.ReloadAsync();
    }

    /// <summary>What says to the development sign-in who somebody is, in a header or a cookie.</summary>
    public static string TextOf(Principal principal) =>
        $"role={principal.Role};person={principal.Person}{(principal.Organisation is { } organisation ? $";organisation={organisation}" : "")};duties={principal.Duties}";

    /// <summary>Where the reader is, from the first slash on.</summary>
    public string Where => Page.Url[site.Length..];

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>What a link hands out to be saved, and under which name.</summary>
    /// <param name="link">Its accessible name, or a part of it.</param>
    public async Task<(string Name, byte[] Content)> Download(string link)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        await using var content = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return (download.SuggestedFilename, bytes.ToArray());
    }

    public async Task<string> MainText()
    {
        await HasCome();
        return await Page.GetByRole(AriaRole.Main).InnerTextAsync();
    }

    /// <summary>By the keyboard alone; what has the focus is seen to have it.</summary>
    public async Task TabTo(ILocator goal)
    {
        const int MostStops = 150;
        for (var stop = 0; stop < MostStops; stop++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await goal.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                Assert.True(await goal.EvaluateAsync<bool>("e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"), "The focus is not seen.");
                return;
            }
        }

        Assert.Fail("The keyboard does not get there.");
    }

    /// <summary>Nothing on the page is wider than the window, and no badge is cut to fit.</summary>
    public async Task FitsItsWindow()
    {
        await HasCome();
        Assert.Equal(
            await Page.EvaluateAsync<int>("() => document.documentElement.clientWidth"),
            await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.badge')].filter(b => b.scrollWidth > b.clientWidth + 1).map(b => b.textContent)"));
    }

    /// <summary>All rules of axe, best practices included. A broken rule is told with the first elements that break it.</summary>
    public async Task IsAccessible()
    {
        await HasCome();
        await Page.EvaluateAsync(Axe);
        var broken = await Page.EvaluateAsync<string>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
            + ".map(v => [location.pathname, `${v.id}: ${v.help}`, ...v.nodes.slice(0, 5).map(n => n.html)].join('\\n')).join('\\n')");
        Assert.True(broken.Length == 0, broken); // told whole
    }

    /// <summary>
    /// What a reader of English sees, or hears of names and hints, that is Chinese: characters and full-width signs. What is marked as Chinese, or as not
    /// to be translated, is left out.
    /// </summary>
    /// <param name="data">Chinese by nature: what people have typed.</param>
    public Task<string[]> Chinese(params IReadOnlyList<string> data) => Page.EvaluateAsync<string[]>(
        """
        data => {
          const chinese = /[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]/;
          const left = text => data.reduce((rest, known) => rest.replaceAll(known, ''), text);
          const isOwn = element => element.checkVisibility() && !element.closest('[lang^=zh], [translate=no], script, style, template');
          const found = [];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            if (chinese.test(left(texts.currentNode.data)) && isOwn(texts.currentNode.parentElement)) found.push(texts.currentNode.data.trim());
          }
          for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
            for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
              const text = element.getAttribute(name) ?? '';
              if (chinese.test(left(text)) && isOwn(element)) found.push(`${name}: ${text}`);
            }
          }
          if (chinese.test(left(document.title))) found.push(`title of the page: ${document.title}`);
          return found;
        }
        """,
        data);

    /// <summary>A picture for whoever asks for some, in the folder that <c>MARKETPLACE_PICTURES</c> names.</summary>
    public async Task Shoot(string name)
    {
        if (Environment.GetEnvironmentVariable("MARKETPLACE_PICTURES") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.Empty(complaints);
    }

    private IEnumerable<Cookie> Cookies(Guise guise)
    {
        if (guise.Language is { } language)
        {
            yield return LanguageCookie(language);
        }

        if (guise.Session is { } secret)
        {
            yield return SessionCookie(secret, site);
        }

        if (guise.As is { } principal)
        {
            yield return new Cookie { Name = DevelopmentPrincipal.Cookie, Value = Uri.EscapeDataString(TextOf(principal)), Url = site };
        }
    }

    private static Cookie SessionCookie(string secret, string site) => new() { Name = "marketplace-session", Value = secret, Url = site };

    private Cookie LanguageCookie(string language) => new() { Name = Reader.LanguageKey, Value = language, Url = site };
}
