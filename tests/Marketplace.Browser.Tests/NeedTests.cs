using Marketplace.Application.Notices;
using Marketplace.Application.Grains;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Teams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Orleans;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>From a need to an application, and from a saved search to its alert; in a market of its own, since both change what others look at.</summary>
public sealed class NeedTests : IAsyncLifetime
{
    private readonly Site site = new();

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_company_says_what_it_needs_a_lab_sees_why_its_result_fits_and_the_company_applies(bool javaScript)
    {
        await using var company = await site.Visit("/needs", new Guise(As: site.Market.OtherCompany, JavaScript: javaScript));
        await company.Page.GetByRole(AriaRole.Link, new() { Name = "发布技术需求" }).ClickAsync();
        await company.Page.GetByLabel("标题（中文）", new() { Exact = true }).FillAsync("锌铁液流电池储能");
        await company.Page.GetByLabel("最低成熟度（选填）").FillAsync("12");
        await company.Page.GetByLabel("预算上限（元，选填）").FillAsync("2000000");
        await company.Page.GetByLabel("希望至少试用几个月（选填）").FillAsync("6");
        await company.Page.GetByLabel("新能源", new() { Exact = true }).CheckAsync();
        await Send(company, "发布需求");
        await Assertions.Expect(company.Page.Locator("[id='need-problem.zh-fault']")).ToBeVisibleAsync(); // told beside the field, and nothing typed is lost
        await Assertions.Expect(company.Page.GetByLabel("新能源", new() { Exact = true })).ToBeCheckedAsync();
        await company.Page.GetByLabel("要解决什么问题（中文）").FillAsync("园区微电网需要长寿命储能。");
        await Send(company, "发布需求");
        await Assertions.Expect(company.Page.Locator("[id='need-minReadiness-fault']")).ToBeVisibleAsync();
        await company.Page.GetByLabel("最低成熟度（选填）").FillAsync("6");
        await Send(company, "发布需求");
        await Assertions.Expect(company.Heading).ToHaveTextAsync("锌铁液流电池储能");
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("成熟度 TRL 7 ≥ 要求的 6");

        await using var lab = await site.Visit("/needs", new Guise(As: site.Market.Lab, JavaScript: javaScript));
        await lab.Page.GetByRole(AriaRole.Link, new() { Name = "锌铁液流电池储能" }).First.ClickAsync();
        var fitting = lab.Page.GetByRole(AriaRole.Article, new() { Name = "锌铁液流电池", Exact = true });
        await Assertions.Expect(fitting).ToContainTextAsync("领域相同：新能源");
        await Assertions.Expect(fitting).ToContainTextAsync("锌铁液流电池");
        await Assertions.Expect(fitting).ToContainTextAsync("≤ 预算");
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("示例电力公司");
        await Assertions.Expect(lab.Page.GetByLabel("成果", new() { Exact = true })).ToHaveValueAsync(site.Market.Battery.Value); // what fits best stands there
        await lab.Page.GetByLabel("为什么适合").FillAsync("二十千瓦样机，可试用半年。");
        await Send(lab, "推荐");
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("等待企业答复");

        await company.Page.ReloadAsync();
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("二十千瓦样机，可试用半年。");
        await company.Page.GetByLabel("答复", new() { Exact = true }).SelectOptionAsync("感兴趣");
        await Send(company, "答复");
        await Assertions.Expect(company.Page.GetByText("感兴趣", new() { Exact = true })).ToBeVisibleAsync();
        await lab.Page.ReloadAsync();
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("示例电力公司"); // who was answered knows who looks
        await company.Page.GetByRole(AriaRole.Link, new() { Name = "申请试用该成果" }).ClickAsync();
        await Assertions.Expect(company.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/offers/{site.Market.Offer}/apply"));
        await Assertions.Expect(company.Page.GetByLabel("想试用什么，用在哪里")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_saves_a_search_and_is_told_of_the_next_result_that_fits_it(bool javaScript)
    {
        var session = await site.People.Join(site.Market.OtherCompany, $"searcher{javaScript}@example.cn", MemberRole.Viewer);
        await Tell(); // what has happened before
        await using var visit = await site.Visit("/?text=石墨烯&field=NewMaterials", new Guise(Session: session, JavaScript: javaScript));
        await visit.Page.GetByText("保存此搜索，有新成果时通知我").ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("名称", new() { Exact = true })).ToHaveValueAsync("“石墨烯”、新材料");
        await visit.Page.GetByLabel("名称", new() { Exact = true }).FillAsync("石墨烯薄膜");
        await Send(visit, "保存");
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("保存的搜索");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "石墨烯薄膜" })).ToBeVisibleAsync();

        var market = site.Market;
        var graphene = await market.Noticed(market.Lab, Market.Content(new($"石墨烯导热膜{javaScript}", "Graphene film"), TechnologyField.NewMaterials, 6));
        market.Sleep(16);
        await site.Services.GetRequiredService<IGrainFactory>().GrainOf($"result/{graphene}").Wake("notice");
        await market.IsInTheIndex();
        await Tell();

        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByText("1 项新成果", new() { Exact = true })).ToBeVisibleAsync();
        await visit.Go("/notices");
        var notice = visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "有新成果符合您保存的搜索“石墨烯薄膜”" });
        await notice.GetByRole(AriaRole.Link, new() { Name = $"石墨烯导热膜{javaScript}" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync($"石墨烯导热膜{javaScript}");

        await visit.Go("/account/searches");
        await Send(visit, "查看结果");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = $"石墨烯导热膜{javaScript}" })).ToBeVisibleAsync();
        await visit.Go("/account/searches");
        await Assertions.Expect(visit.Page.GetByText("1 项新成果", new() { Exact = true })).ToHaveCountAsync(0);
        await visit.Page.GetByText("修改或删除").ClickAsync();
        await Send(visit, "删除");
        await Assertions.Expect(visit.Page.GetByText("还没有保存的搜索")).ToBeVisibleAsync();
    }

    private static Task Send(Visit visit, string button) => visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    private async Task Tell()
    {
        while (await site.Services.GetRequiredService<FollowNotices>().Step())
        {
        }
    }
}
