using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

public sealed class ResultTests(Site site)
{
    [Fact]
    public async Task An_offer_says_clause_by_clause_what_is_paid_when()
    {
        await using var visit = await site.Visit($"/results/{site.Market.Battery}?lang=en");
        var offer = visit.Page.GetByRole(AriaRole.Article);
        foreach (var clause in new[]
        {
            "6 months of free trial, then decide",
            "CNY 100,000.00, 12 months after the agreement takes effect or once product or service income arises, whichever comes first.",
            "CNY 90,000.00 in 3 parts after conversion:",
            "12 months after conversion: CNY 30,000.06 (33.3334%)",
            "CNY 50,000.00, once, within 30 days after cumulative net sales reach CNY 10,000,000.00.",
            "2.5% of the net sales of each quarter.",
            "Above CNY 5,000,000.00: 0.5%",
            "At least CNY 60,000.00 of royalties per contract year",
            "within 30 days of the period, paid within 15 days of the report",
        })
        {
            await Assertions.Expect(offer).ToContainTextAsync(clause);
        }

        await Assertions.Expect(offer.GetByText("5.6", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_same_offer_in_Chinese()
    {
        await using var visit = await site.Visit($"/results/{site.Market.Battery}");
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("锌铁液流电池");
        var offer = visit.Page.GetByRole(AriaRole.Article);
        await Assertions.Expect(offer).ToContainTextAsync("100,000.00 元：协议生效满 12 个月，或产生产品、服务收入时支付，以先到者为准。");
        await Assertions.Expect(offer).ToContainTextAsync("转化后 12 个月：30,000.06 元（33.3334%）");
        await Assertions.Expect(offer).ToContainTextAsync("申请截止 2028年1月21日");
    }

    [Fact]
    public async Task A_result_without_an_offer_says_so()
    {
        await using var visit = await site.Visit($"/results/{site.Market.Catalyst}?lang=en");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("There is nothing to apply for just now");
    }

    [Fact]
    public async Task A_public_notice_says_until_when_anybody_may_object()
    {
        await using var visit = await site.Visit($"/results/{site.Market.Interface}?lang=en");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Note)).ToContainTextAsync("under public notice until 5 Feb 2026");
    }

    [Fact]
    public async Task Inventors_and_drafts_are_seen_by_their_own_lab_only()
    {
        var (market, guise) = (site.Market, new Guise(As: site.Market.Lab));
        await using (var own = await site.Visit($"/results/{market.Battery}", guise))
        {
            Assert.Contains("示例甲", await own.MainText(), StringComparison.Ordinal);
            await own.Go($"/results/{market.Draft}");
            Assert.Equal(200, own.Status);
        }

        await using var other = await site.Visit($"/results/{market.Battery}", new Guise(As: market.Company));
        Assert.DoesNotContain("示例甲", await other.MainText(), StringComparison.Ordinal);
        await other.Go($"/results/{market.Draft}");
        Assert.Equal(404, other.Status);
        await Assertions.Expect(other.Heading).ToHaveTextAsync("找不到这一页");
    }
}
