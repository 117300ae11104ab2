using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>What holds for every page, in both languages and both themes.</summary>
public sealed class EveryPageTests(Site site)
{
    private static readonly Dictionary<string, Func<Market, (string Address, Application.Door.Principal? As)>> PagesOf = new()
    {
        ["catalog"] = _ => ("/", null),
        ["catalog without a find"] = _ => ("/?text=永动机", null),
        ["catalog with a wrong filter"] = _ => ("/?field=Alchemy", null),
        ["result with offers"] = m => ($"/results/{m.Battery}", null),
        ["result of the lab"] = m => ($"/results/{m.Catalyst}", m.Lab),
        ["result under notice"] = m => ($"/results/{m.Interface}", null),
        ["sign-in"] = _ => ("/development/sign-in", null),
        ["agreements"] = _ => ("/agreements", Market.Administrator),
        ["agreements in no such state"] = m => ("/agreements?state=Closed", m.Company),
        ["agreement of the company"] = m => ($"/agreements/{m.Late}", m.Company),
        ["agreement of the lab"] = m => ($"/agreements/{m.Late}", m.Lab),
        ["agreement applied for"] = m => ($"/agreements/{m.Fresh}", m.Lab),
        ["sums owed"] = _ => ("/obligations", Market.Administrator),
        ["payments"] = _ => ("/payments", Market.Administrator),
        ["settlement"] = _ => ("/settlement", Market.Administrator),
        ["quarantine"] = _ => ("/quarantine", Market.Administrator),
        ["not allowed"] = m => ("/settlement", m.Company),
        ["not found"] = _ => ("/nothing", null),
        ["failed"] = _ => ("/test/bug", null),
    };

    public static TheoryData<string> Pages => new(PagesOf.Keys);

    [Theory(Explicit = true)] // not yet seen to end: run with -explicit on
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing(string page)
    {
        foreach (var (language, dark) in new[] { ("zh", false), ("zh", true), ("en", false), ("en", true) })
        {
            await using var visit = await Open(page, new Guise(language, dark));
            Assert.Equal(dark ? "dark" : "light", await visit.Page.Locator("html").GetAttributeAsync("data-bs-theme"));
            await visit.IsAccessible();
        }
    }

    [Theory(Explicit = true)] // not yet seen to end: run with -explicit on
    [MemberData(nameof(Pages))]
    public async Task A_phone_needs_no_sideways_scrolling(string page)
    {
        foreach (var language in new[] { "zh", "en" })
        {
            await using var visit = await Open(page, new Guise(language, Width: 390));
            await visit.FitsItsWindow();
            await visit.IsAccessible();
        }
    }

    [Theory(Explicit = true)] // not yet seen to end: run with -explicit on
    [MemberData(nameof(Pages))]
    public async Task Without_JavaScript_the_page_says_the_same(string page)
    {
        await using var with = await Open(page, new Guise());
        await using var without = await Open(page, new Guise(JavaScript: false));
        Assert.Equal(await with.MainText(), await without.MainText());
    }

    [Theory(Explicit = true)] // not yet seen to end: run with -explicit on
    [MemberData(nameof(Pages))]
    public async Task English_pages_have_no_Chinese_of_our_own(string page)
    {
        await using var visit = await Open(page, new Guise("en"));
        var own = await visit.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('h1, h2, h3, dt, label, button, th, summary, nav a')].map(e => e.cloneNode(true))"
            + ".map(e => { e.querySelectorAll('.sandbox-mark').forEach(m => m.remove()); return e.textContent; }).filter(t => /[\\u4e00-\\u9fff]/.test(t))"); // the mark speaks both
        Assert.Empty(own);
    }

    [Theory(Explicit = true)] // not yet seen to end: run with -explicit on
    [MemberData(nameof(Pages))]
    public async Task Print_leaves_out_what_paper_cannot_use(string page)
    {
        await using var visit = await Open(page, new Guise());
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Heading).ToBeVisibleAsync();
        Assert.NotEmpty(await visit.Page.PdfAsync());
    }

    private Task<Visit> Open(string page, Guise guise)
    {
        var (address, principal) = PagesOf[page](site.Market);
        return site.Visit(address, guise with { As = principal });
    }
}
