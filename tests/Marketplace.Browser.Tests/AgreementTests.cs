using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

public sealed class AgreementTests(Site site)
{
    [Theory]
    [InlineData("zh", "企业申请试用：储能样机", "企业选择转为商业许可。", "正式催告", "收到款项 10,000.00 元")]
    [InlineData("en", "The company applied for a trial: 储能样机", "The company chose the commercial licence.", "formal demand", "CNY 10,000.00 arrived")]
    public async Task The_timeline_tells_the_whole_journey(string language, params string[] sentences)
    {
        await using var visit = await site.Visit($"/agreements/{site.Market.Late}", new Guise(language, As: site.Market.Company));
        await Assertions.Expect(visit.Heading).ToHaveTextAsync(language == "zh" ? "锌铁液流电池" : "Zinc-iron flow battery");
        foreach (var sentence in sentences)
        {
            await Assertions.Expect(visit.Page.Locator(".story")).ToContainTextAsync(sentence);
        }
    }

    [Fact]
    public async Task Every_sum_says_why_it_is_owed()
    {
        await using var visit = await site.Visit($"/agreements/{site.Market.Late}", new Guise("en", As: site.Market.Lab));
        var sum = visit.Page.Locator("#sum-2");
        await Assertions.Expect(sum).ToContainTextAsync("Instalment");
        await sum.GetByText("Why is this owed").ClickAsync();
        await Assertions.Expect(sum).ToContainTextAsync("Clause 5.2");
        await Assertions.Expect(sum).ToContainTextAsync("CNY 90,000.00");
        await Assertions.Expect(sum).ToContainTextAsync("33.3333%");
        await Assertions.Expect(sum).ToContainTextAsync("Late interest = Σ open principal × days × one-year LPR × (1 + margin) ÷ days of a year.");
    }

    [Fact]
    public async Task What_comes_next_and_the_books_stand_beside_it()
    {
        await using var visit = await site.Visit($"/agreements/{site.Market.Late}", new Guise("en", As: Market.Administrator));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "What comes next" })).ToContainTextAsync("The commercial licence ends");
        var books = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Balances of this agreement" });
        await Assertions.Expect(books.GetByRole(AriaRole.Row, new() { Name = "Client money at the bank or provider" })).ToContainTextAsync("Dr CNY 10,000.00");
        await Assertions.Expect(books.GetByRole(AriaRole.Row, new() { Name = "Platform fee" })).ToContainTextAsync("Cr CNY 300.00");
    }

    [Fact]
    public async Task The_inventors_part_is_the_labs_own()
    {
        await using var lab = await site.Visit($"/agreements/{site.Market.Late}", new Guise("en", As: site.Market.Lab));
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("示例甲 CNY 3,637.50");
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Region, new() { Name = "Payments ordered" }).First).ToContainTextAsync("沙盒 sandbox");

        await using var company = await site.Visit($"/agreements/{site.Market.Late}", new Guise("en", As: site.Market.Company));
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("示例甲");
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Payable to");
    }

    [Fact]
    public async Task An_agreement_of_others_is_not_there()
    {
        var (market, address) = (site.Market, $"/agreements/{site.Market.Late}?lang=en");
        foreach (var stranger in new[] { market.OtherCompany, market.OtherLab })
        {
            await using var visit = await site.Visit(address, new Guise(As: stranger));
            Assert.Equal(404, visit.Status);
            await Assertions.Expect(visit.Heading).ToHaveTextAsync("There is no such page");
            await visit.Go("/agreements");
            await Assertions.Expect(visit.Page.Locator($"a[href='/agreements/{market.Late}']")).ToHaveCountAsync(0);
        }

        await using var visitor = await site.Visit(address);
        Assert.Equal(401, visitor.Status);
        await visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Enter as any organisation" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Example Storage Company" }).ClickAsync();
        await Assertions.Expect(visitor.Heading).ToHaveTextAsync("Zinc-iron flow battery");
    }

    [Fact]
    public async Task Everybody_sees_their_own_agreements_and_an_administrator_all()
    {
        await using var company = await site.Visit("/agreements?lang=en", new Guise(As: site.Market.Company));
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Article)).ToContainTextAsync("Haihe Storage Laboratory → Example Storage Company");

        await using var administrator = await site.Visit("/agreements?lang=en", new Guise(As: Market.Administrator));
        await Assertions.Expect(administrator.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(4);
        await administrator.Page.GetByLabel("State").SelectOptionAsync("Applied");
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Assertions.Expect(administrator.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await administrator.Page.GetByRole(AriaRole.Link, new() { Name = "Zinc-iron flow battery" }).ClickAsync();
        Assert.StartsWith($"/agreements/{site.Market.Fresh}", administrator.Where, StringComparison.Ordinal);
    }
}
