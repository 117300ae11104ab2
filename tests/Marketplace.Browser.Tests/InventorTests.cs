using Marketplace.Domain.Teams;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>An inventor signs in, finds their own share and nothing else of the laboratory, and objects; in a market of its own, since an objection holds money.</summary>
public sealed class InventorTests : IAsyncLifetime
{
    private readonly Site site = new();

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_second_inventor_finds_their_share_and_objects(bool javaScript)
    {
        var session = await site.People.Join(site.Market.Lab, $"inventor{javaScript}@example.cn", MemberRole.Inventor, "示例乙");
        await using var visit = await site.Visit("/home", new Guise(Session: session, JavaScript: javaScript));
        await Assertions.Expect(visit.Heading).ToContainTextAsync("我的收益份额");
        await Assertions.Expect(visit.Page.GetByText("示例乙")).ToBeVisibleAsync();
        foreach (var theirs in new[] { "我的成果", "协议", "对账单", "支付设置" })
        {
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = theirs, Exact = true })).ToHaveCountAsync(0);
        }

        await visit.Page.Locator($"a[href='/shares/{site.Market.Late}']").ClickAsync();
        await Assertions.Expect(visit.Heading).ToContainTextAsync("我的份额");
        var form = visit.Page.Locator("form").Filter(new() { HasText = "提出异议" });
        await form.GetByLabel("针对").SelectOptionAsync("第 1 笔到账的分配");
        await form.GetByRole(AriaRole.Button, new() { Name = "提出异议" }).ClickAsync();
        await Assertions.Expect(form.GetByLabel("针对")).ToHaveValueAsync("1"); // what was chosen stays, and the reason is asked for
        await form.GetByLabel("理由").FillAsync("我的贡献未被计入。");
        await form.GetByRole(AriaRole.Checkbox).CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "提出异议" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("异议已提交");
        await Assertions.Expect(visit.Page.GetByText("待院所答复。")).ToBeVisibleAsync();
        Assert.Equal(403, (await visit.Page.Context.APIRequest.GetAsync($"{new Uri(visit.Page.Url).GetLeftPart(UriPartial.Authority)}/api/v1/agreements/{site.Market.Late}")).Status);
    }
}
