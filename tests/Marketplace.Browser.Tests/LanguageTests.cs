using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

public sealed class LanguageTests(Site site)
{
    [Fact]
    public async Task Chinese_comes_first_whatever_the_browser_prefers()
    {
        await using var visit = await site.Visit("/", new Guise(BrowserLanguage: "en-GB"));
        Assert.Equal("zh-CN", await visit.Page.Locator("html").GetAttributeAsync("lang"));
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("可以先用后付的科技成果");
    }

    [Fact]
    public async Task Switching_the_language_keeps_the_query_and_is_remembered()
    {
        await using var visit = await site.Visit("/?text=电池&field=NewEnergy");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "English", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("电池");
        Assert.Contains("field=NewEnergy", visit.Where, StringComparison.Ordinal);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Heading)).ToHaveTextAsync(["Zinc-iron flow battery"]);

        await visit.Go("/");
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Research results to use first and pay for later");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "中文", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("可以先用后付的科技成果");
    }

    [Fact]
    public async Task An_address_with_a_language_can_be_shared()
    {
        await using var visit = await site.Visit($"/results/{site.Market.Battery}?lang=en", new Guise(Language: "zh"));
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Zinc-iron flow battery");
    }

    [Fact]
    public async Task Chinese_travels_as_itself()
    {
        await using var visit = await site.Visit("/");
        var source = await (await visit.Page.APIRequest.GetAsync("/")).TextAsync();
        Assert.Contains("锌铁液流电池", source + await (await visit.Page.APIRequest.GetAsync("/?text=液流")).TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("&#x9", source, StringComparison.Ordinal);
    }
}
