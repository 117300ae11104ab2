using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

public sealed class CatalogTests(Site site)
{
    [Theory]
    [InlineData("zh", "液流", "搜索", "锌铁液流电池")]
    [InlineData("en", "flow battery", "Search", "Zinc-iron flow battery")]
    public async Task A_word_of_the_title_finds_the_result(string language, string word, string search, string title)
    {
        await using var visit = await site.Visit("/", new Guise(Language: language));
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync(word);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = search, Exact = true }).ClickAsync();

        await Assertions.Expect(Titles(visit)).ToHaveTextAsync([title]);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(word);
        Assert.Contains("text=", visit.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "领域", "新材料", "搜索", "氢燃料催化剂")]
    [InlineData("en", "Field", "New materials", "Search", "Hydrogen catalyst")]
    public async Task A_field_filters_and_stays_chosen(string language, string label, string field, string search, string title)
    {
        await using var visit = await site.Visit("/", new Guise(Language: language));
        await visit.Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = field });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = search, Exact = true }).ClickAsync();

        await Assertions.Expect(Titles(visit)).ToHaveTextAsync([title]);
        await Assertions.Expect(visit.Page.GetByLabel(label, new() { Exact = true })).ToHaveValueAsync("NewMaterials");
    }

    [Fact]
    public async Task A_card_says_what_a_company_asks_first()
    {
        await using var visit = await site.Visit("/?text=液流");
        var card = visit.Page.GetByRole(AriaRole.Article);
        await Assertions.Expect(card).ToContainTextAsync("海河储能实验室");
        await Assertions.Expect(card).ToContainTextAsync("TRL 7 (GB/T 22900)");
        await Assertions.Expect(card).ToContainTextAsync("1,234,567.89 元");
        await Assertions.Expect(card).ToContainTextAsync("免费试用 6 个月 · 延后一次付清、分期");
    }

    [Fact]
    public async Task Pages_follow_each_other_and_show_every_result_once()
    {
        await using var visit = await site.Visit("/?field=QuantumCommunication");
        var first = await Titles(visit).AllTextContentsAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "下一页" }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveCountAsync(Market.MoreResults - first.Count);
        var second = await Titles(visit).AllTextContentsAsync();

        Assert.Equal(Market.MoreResults, first.Concat(second).Distinct().Count());
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "下一页" })).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "回到第一页" }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveTextAsync(first);
    }

    [Fact]
    public async Task Where_nothing_fits_the_page_says_what_to_do()
    {
        await using var visit = await site.Visit("/?text=永动机&field=NewEnergy&lang=en");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("No result fits");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Show all results" }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveCountAsync(20);
    }

    [Theory]
    [InlineData("/?field=Alchemy")]
    [InlineData("/?readiness=high")]
    [InlineData("/?readiness=99999999999")]
    [InlineData("/?after=yesterday")]
    public async Task A_filter_that_is_none_is_refused_in_words(string address)
    {
        await using var visit = await site.Visit(address);
        Assert.Equal(422, visit.Status);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("重新开始");
    }

    [Fact]
    public async Task What_is_not_public_is_not_in_the_catalog()
    {
        await using var visit = await site.Visit("/?text=草稿", new Guise(As: site.Market.Lab));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(0);
    }

    private static ILocator Titles(Visit visit) => visit.Page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Heading);
}
