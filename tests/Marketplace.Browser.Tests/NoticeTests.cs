using Marketplace.Application.Door;
using Marketplace.Application.Notices;
using Marketplace.Domain.Teams;
using Marketplace.Host.Mail;
using Marketplace.Host.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

/// <summary>What people are told, as they see it; in a market of its own, since others count what is in theirs.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private readonly Site site = new();

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lab_is_told_when_a_company_applies_reads_it_and_chooses_to_be_told_no_more(bool javaScript)
    {
        await Tell(); // what has happened before they came
        var session = await site.People.Join(site.Market.Lab, $"negotiator{javaScript}@example.cn", MemberRole.Negotiator);
        await using var visit = await site.Visit("/", new Guise(Session: session, JavaScript: javaScript));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "通知", Exact = true })).ToBeVisibleAsync();

        await Apply();
        await visit.Page.ReloadAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "通知 （1 条未读）" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("通知");
        var notice = visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "企业申请试用：再试一台" });
        await Assertions.Expect(notice.GetByText("未读", new() { Exact = true })).ToBeVisibleAsync();
        if (javaScript)
        {
            await visit.IsAccessible();
        }

        await notice.GetByRole(AriaRole.Button, new() { Name = "标为已读" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "通知", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(notice.GetByText("未读", new() { Exact = true })).ToHaveCountAsync(0);
        await notice.GetByRole(AriaRole.Link, new() { Name = "锌铁液流电池" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToContainTextAsync("锌铁液流电池");

        await visit.Go("/development/mail");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = $"negotiator{javaScript}@example.cn" })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "【先使用后付费】申请与协商：锌铁液流电池" }).First).ToBeVisibleAsync();

        await visit.Go("/notices");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "更改通知方式" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("通知方式");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "款项" })).ToContainTextAsync("始终显示");
        await visit.Page.GetByLabel("申请与协商：站内显示").UncheckAsync();
        await visit.Page.GetByLabel("申请与协商：邮件").SelectOptionAsync("不发邮件");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("已保存");
        await Assertions.Expect(visit.Page.GetByLabel("申请与协商：站内显示")).Not.ToBeCheckedAsync();

        await Apply();
        await visit.Go("/notices");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "企业申请试用" })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "通知", Exact = true })).ToBeVisibleAsync();
    }

    private async Task Apply()
    {
        await site.Services.GetRequiredService<MarketplaceDoor>().Send(site.Market.OtherCompany, new ApplyForTrial(Guid.NewGuid(), site.Market.Offer, "再试一台"));
        await Tell();
    }

    private async Task Tell()
    {
        while (await site.Services.GetRequiredService<FollowNotices>().Step())
        {
        }

        await site.Services.GetRequiredService<WriteNoticeLetters>().Step();
        await site.Services.GetRequiredService<MailQueue>().Settled();
    }
}
