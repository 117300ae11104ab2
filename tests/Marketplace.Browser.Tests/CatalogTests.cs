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
    [InlineData("zh", "新材料", "应用筛选", "氢燃料催化剂", "去掉领域：新材料", "共 1 项成果")]
    [InlineData("en", "New materials", "Apply filters", "Hydrogen catalyst", "Remove Field: New materials", "1 result")]
    public async Task A_ticked_box_filters_stays_ticked_and_can_be_taken_off(string language, string field, string apply, string title, string remove, string hits)
    {
        await using var visit = await site.Visit("/", new Guise(Language: language));
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = field }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = apply }).ClickAsync();

        await Assertions.Expect(Titles(visit)).ToHaveTextAsync([title]);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = field })).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByText(hits, new() { Exact = true })).ToBeVisibleAsync();
        Assert.Contains("field=NewMaterials", visit.Where, StringComparison.Ordinal);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = remove }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveCountAsync(20);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = field })).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Boxes_of_one_facet_add_up_and_those_of_two_narrow_down()
    {
        await using var visit = await site.Visit("/?field=NewMaterials&field=NewEnergy");
        await Assertions.Expect(Titles(visit)).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "量子通信 22" })).ToBeVisibleAsync(); // what ticking it would add
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "普通许可 1" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "应用筛选" }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveTextAsync(["锌铁液流电池"]);
    }

    [Fact]
    public async Task On_a_phone_the_boxes_are_folded_away_until_they_are_asked_for()
    {
        await using var visit = await site.Visit("/?field=NewMaterials", new Guise(Width: 390, JavaScript: false));
        var box = visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "新材料" });
        await Assertions.Expect(box).ToBeHiddenAsync();
        await visit.Page.GetByText("筛选（已选 1 项）").ClickAsync();
        await Assertions.Expect(box).ToBeCheckedAsync();
        await box.UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "应用筛选" }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveCountAsync(20);
    }

    [Fact]
    public async Task Titles_that_match_can_come_first()
    {
        await using var visit = await site.Visit("/?text=海河 电池");
        await Assertions.Expect(Titles(visit)).ToHaveTextAsync(["锌铁液流电池"]); // a word of the title, and one of the laboratory
        await visit.Go("/?text=催化剂 海河&order=TitleFirst");
        await Assertions.Expect(Titles(visit)).ToHaveTextAsync(["氢燃料催化剂"]);
        await Assertions.Expect(visit.Page.GetByLabel("排序")).ToHaveValueAsync("TitleFirst");
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
    [InlineData("/?readiness=10")]
    [InlineData("/?field=NewEnergy&field=3")]
    [InlineData("/?region=Tianjin")]
    [InlineData("/?right=Expired")]
    [InlineData("/?cover=Golden")]
    [InlineData("/?order=Cheapest")]
    [InlineData("/?after=yesterday")]
    public async Task A_filter_that_is_none_is_refused_in_words(string address)
    {
        await using var visit = await site.Visit(address);
        Assert.Equal(422, visit.Status);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("重新开始");
    }

    /// <summary>Bytes on the wire, heads included, of everything that a browser fetches which has been here never before.</summary>
    [Fact]
    public async Task The_first_load_is_small()
    {
        const int Budget = 150_000;
        await using var visit = await site.Visit("about:blank");
        var network = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        var (bytes, files) = (0.0, 0);
        network.Event("Network.loadingFinished").OnEvent += (_, loaded) =>
        {
            bytes += loaded!.Value.GetProperty("encodedDataLength").GetDouble();
            files++;
        };
        await network.SendAsync("Network.enable");
        await visit.Go("/");
        await Assertions.Expect(Titles(visit)).ToHaveCountAsync(20);
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes:n0} bytes of {files} files");
        Assert.True(files >= 4, $"Only {files} files were seen: page, styles and script are more.");
        Assert.InRange(bytes, 1, Budget);
    }

    [Fact]
    public async Task A_reader_narrows_down_by_how_rights_stand_and_by_who_stands_behind_an_offer()
    {
        await using var visit = await site.Visit("/");
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "担保或保险" }).GetByRole(AriaRole.Checkbox, new() { Name = "无担保 1" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "应用筛选" }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveTextAsync(["锌铁液流电池"]); // the others have no offer
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "知识产权" }).GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "应用筛选" }).ClickAsync();
        await Assertions.Expect(Titles(visit)).ToHaveTextAsync(["锌铁液流电池"]);
        Assert.Matches(@"right=\w+&.*cover=Unsecured", visit.Where);
    }

    [Fact]
    public async Task What_is_not_public_is_not_in_the_catalog()
    {
        await using var visit = await site.Visit("/?text=草稿", new Guise(As: site.Market.Lab));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(0);
    }

    private static ILocator Titles(Visit visit) => visit.Page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Heading);
}
