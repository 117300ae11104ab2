using System.Text.RegularExpressions;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Words;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

/// <summary>Payment clauses are written in forms: an offer, a version of the terms, an amendment. On a site of its own, since it changes it.</summary>
public sealed class FreeTermsTests : IAsyncLifetime
{
    private readonly Site site = new();

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_laboratory_makes_an_offer_on_free_terms_of_three_kinds(bool javaScript)
    {
        await using var visit = await site.Visit($"/results/{site.Market.Catalyst}/offer", new Guise("zh", JavaScript: javaScript, As: site.Market.Lab));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "自由拟定条款" }).ClickAsync();
        var form = visit.Page.Locator("form").Filter(new() { HasText = "要添加的付款" });
        await form.GetByLabel("使用领域").FillAsync("车用燃料电池");
        await Add(form, "入门费", 1);
        await Add(form, "分档提成", 2);
        await Add(form, "累计封顶", 3);
        await Add(form, "提前买断", 4);
        var (fee, tiers, cap, buyOut) = (Clause(form, 1), Clause(form, 2), Clause(form, 3), Clause(form, 4));
        await fee.GetByLabel("金额（CNY）").FillAsync("5万");
        await fee.GetByLabel("转化后付款期限（天）").FillAsync("30");
        await fee.GetByLabel("可抵扣以后的提成").SelectOptionAsync("是");
        await tiers.GetByLabel("起点（CNY） 1").FillAsync("0");
        await tiers.GetByLabel("费率（%） 1").FillAsync("3");
        await tiers.GetByLabel("起点（CNY） 2").FillAsync("1,000,000.00");
        await tiers.GetByLabel("费率（%） 2").FillAsync("2.5");
        await tiers.GetByRole(AriaRole.Button, new() { Name = "再加几行" }).ClickAsync();
        await tiers.GetByLabel("起点（CNY） 4").FillAsync("900000"); // a row between is left empty
        await tiers.GetByLabel("费率（%） 4").FillAsync("2");
        await cap.GetByLabel("封顶金额（CNY）").FillAsync("1");
        await cap.GetByRole(AriaRole.Button, new() { Name = "删去条款 5.3" }).ClickAsync();
        await Assertions.Expect(form.Locator("fieldset")).ToHaveCountAsync(3);
        buyOut = Clause(form, 3);
        await buyOut.GetByLabel("转化后期限（月） 1").FillAsync("12");
        await buyOut.GetByLabel("价格（CNY） 1").FillAsync("800000");
        await buyOut.GetByLabel("付款期限（天）").FillAsync("60");

        // What cannot be read, then what the rules refuse: each beside its field, and nothing typed is lost.
        var send = form.GetByRole(AriaRole.Button, new() { Name = "发出要约" });
        await send.ClickAsync();
        await Assertions.Expect(fee.GetByLabel("金额（CNY）")).ToHaveAccessibleDescriptionAsync("请填写数字，至多 2 位小数，例如 1234.56。");
        await Assertions.Expect(fee.GetByLabel("金额（CNY）")).ToHaveValueAsync("5万");
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToHaveTextAsync("没有提交：请改正下面标出的各处。");
        await visit.FitsItsWindow();
        await visit.Shoot("free-offer-faults-zh-1400");
        await fee.GetByLabel("金额（CNY）").FillAsync("50,000.00");
        await send.ClickAsync();
        await Assertions.Expect(tiers.GetByLabel("起点（CNY） 3")).ToHaveAccessibleDescriptionAsync("各档起点须递增且不重叠。");
        await tiers.GetByLabel("起点（CNY） 3").FillAsync("5000000");
        await form.GetByRole(AriaRole.Button, new() { Name = "先看条款" }).Last.ClickAsync();
        await Assertions.Expect(form.GetByLabel("报告周期")).ToHaveAccessibleDescriptionAsync(new Regex("按销售额付款的条款必须约定销售报告周期。$"));
        await form.GetByLabel("报告周期").SelectOptionAsync("3 个月");
        await form.GetByRole(AriaRole.Button, new() { Name = "先看条款" }).Last.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("50,000.00 元：转化后 30 天内支付，可抵扣以后的提成。");
        await Assertions.Expect(buyOut.GetByLabel("价格（CNY） 1")).ToHaveValueAsync("800000");
        if (javaScript)
        {
            await visit.IsAccessible();
        }

        await send.ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("氢燃料催化剂");
        var offer = visit.Page.GetByRole(AriaRole.Article);
        foreach (var clause in new[]
        {
            "车用燃料电池", "50,000.00 元：转化后 30 天内支付，可抵扣以后的提成。", "1,000,000.00 元 至 5,000,000.00 元：2.5%", "5,000,000.00 元 以上：2%", "转化后 12 个月内：800,000.00 元",
        })
        {
            await Assertions.Expect(offer).ToContainTextAsync(clause);
        }
    }

    [Fact]
    public async Task Every_kind_of_clause_can_be_added_and_all_of_them_fit_and_can_be_read()
    {
        await using var visit = await site.Visit($"/results/{site.Market.Catalyst}/offer?template=free", new Guise("en", Dark: true, As: site.Market.Lab));
        var form = visit.Page.Locator("form").Filter(new() { HasText = "Payment to add" });
        foreach (var (i, kind) in Enum.GetValues<PaymentModel>().Index())
        {
            await Add(form, Names.Of(kind).En, i + 1, "Add it");
        }

        await visit.IsAccessible();
        await visit.Shoot("every-clause-en-1400-dark");
        await form.GetByRole(AriaRole.Button, new() { Name = "See the terms first" }).Last.ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was sent");
        await visit.Page.SetViewportSizeAsync(390, 900);
        await visit.FitsItsWindow();
        await visit.IsAccessible();
        await visit.Shoot("every-clause-at-fault-en-390-dark");
    }

    [Fact]
    public async Task A_version_of_the_terms_is_written_freely_from_what_is_on_the_table()
    {
        var address = $"/agreements/{site.Market.Negotiated}/negotiation";
        await using var visit = await site.Visit($"{address}/propose", new Guise("en", JavaScript: false, As: site.Market.Lab));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Use another template, or write the terms freely" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Write the terms freely" }).ClickAsync();
        var form = visit.Page.Locator("form").Filter(new() { HasText = "Payment to add" });
        await Assertions.Expect(form.GetByLabel("Free trial (months)")).ToHaveValueAsync("9");
        await form.GetByLabel("Cure period (days)").FillAsync("45");
        var last = await form.Locator(".clause-fields").CountAsync() + 1;
        await Add(form, "Conditional sum", last, "Add it");
        var sum = Clause(form, last);
        await sum.GetByLabel("Amount (CNY)").FillAsync("80000.00");
        await sum.GetByLabel("Time to pay (days)").FillAsync("400");
        await sum.GetByLabel("Condition").FillAsync("The pilot line runs.");
        await sum.GetByLabel("Evidence that confirms it").FillAsync("Protocol of both parties.");
        await form.GetByLabel("Note (if you like)").FillAsync("A sum once the line runs.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Propose this version" }).ClickAsync();
        await Assertions.Expect(sum.GetByLabel("Time to pay (days)")).ToHaveAccessibleDescriptionAsync("Must be between 0 and 365.");
        await Assertions.Expect(form.GetByLabel("Note (if you like)")).ToHaveValueAsync("A sum once the line runs.");
        await sum.GetByLabel("Time to pay (days)").FillAsync("30");
        await form.GetByRole(AriaRole.Button, new() { Name = "Propose this version" }).ClickAsync();

        Assert.Equal(address, visit.Where);
        var version = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Version 5", Exact = true });
        await Assertions.Expect(version).ToContainTextAsync("A sum once the line runs.");
        await Assertions.Expect(version).ToContainTextAsync("CNY 80,000.00, once, within 30 days after this is confirmed: The pilot line runs.");

        // The next one begins with these terms, since they are of no template any more.
        await visit.Go($"{address}/propose");
        await Assertions.Expect(Clause(form, last).GetByLabel("Condition")).ToHaveValueAsync("The pilot line runs.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_laboratory_proposes_an_amendment_and_the_company_sees_and_signs_it(bool javaScript)
    {
        var market = site.Market;
        await using var lab = await site.Visit($"/agreements/{market.Late}", new Guise("zh", JavaScript: javaScript, As: market.Lab));
        await lab.Page.GetByRole(AriaRole.Link, new() { Name = "提出补充协议" }).ClickAsync();
        var form = lab.Page.Locator("form").Filter(new() { HasText = "终止的条款" });
        var send = form.GetByRole(AriaRole.Button, new() { Name = "提出补充协议" });
        await send.ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("变更须终止或新增按报告计费的条款");
        await form.GetByLabel("5.4 销售提成").CheckAsync(); // has ended by the amendment before
        await form.GetByLabel("自哪一期起").SelectOptionAsync("6");
        await Add(form, "逐年调整提成", 8);
        var royalty = Clause(form, 8);
        await royalty.GetByLabel("第一个合同年度费率（%）").FillAsync("3");
        await royalty.GetByLabel("此后每年调整（%）").FillAsync("-200");
        await form.GetByLabel("说明（选填）").FillAsync("改为逐年递减。");
        await send.ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Group, new() { Name = "终止的条款" })).ToContainTextAsync("只能终止当时有效的按报告计费条款，每项一次。");
        await Assertions.Expect(form.GetByLabel("自哪一期起")).ToHaveValueAsync("6");
        await form.GetByLabel("5.4 销售提成").UncheckAsync();
        await form.GetByLabel("5.7 销售提成").CheckAsync();
        await send.ClickAsync();
        await Assertions.Expect(royalty.GetByLabel("此后每年调整（%）")).ToHaveAccessibleDescriptionAsync(new Regex("须在 -1000000 与 1000000（百万分比，即 -100% 与 100%）之间。$"));
        await Assertions.Expect(form.GetByLabel("说明（选填）")).ToHaveValueAsync("改为逐年递减。");
        await lab.FitsItsWindow();
        await royalty.GetByLabel("此后每年调整（%）").FillAsync("-0.5");
        await form.GetByRole(AriaRole.Button, new() { Name = "先看变更" }).Last.ClickAsync();
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("新增：逐年调整提成");
        await lab.Shoot("amendment-seen-zh-1400");
        if (javaScript)
        {
            await lab.IsAccessible();
        }

        await send.ClickAsync();
        Assert.Equal($"/agreements/{market.Late}/matters#amendments", lab.Where);
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Link, new() { Name = "提出补充协议" })).ToHaveCountAsync(0);

        await using var company = await site.Visit($"/agreements/{market.Late}", new Guise("en", JavaScript: javaScript, As: market.Company));
        await company.Page.GetByRole(AriaRole.Link, new() { Name = "Sign amendment 2" }).ClickAsync();
        var amendments = company.Page.GetByRole(AriaRole.Region, new() { Name = "Amendments" });
        foreach (var words in new[]
        {
            "Amendment 2: to be signed", "改为逐年递减。", "From period 6 on", "Ends: Royalty on sales", "2% of the net sales of each quarter.", "Begins: Royalty stepped by year",
            "3% in the first contract year, then 0.5% less each year", "The company: has not signed yet",
        })
        {
            await Assertions.Expect(amendments).ToContainTextAsync(words);
        }

        await company.Shoot("amendment-to-sign-en-1400");
        await Sign(amendments, "I have read the amendment and sign it for my organisation.", "Sign amendment 2");
        await lab.Page.ReloadAsync();
        await Sign(lab.Page.GetByRole(AriaRole.Region, new() { Name = "补充协议" }), "我已阅读补充协议，并代表本机构签署。", "签署第 2 号补充协议");
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Region, new() { Name = "补充协议" })).ToContainTextAsync("第 2 号补充协议：已生效");
        var terms = (await market.Ask(market.Lab, new GetAgreement(market.Late))).Value.Details.Terms;
        Assert.Equal(new SteppedRoyalty(30_000, -5_000), terms.Payments[7]);
        Assert.Equal((false, true), (terms.HoldsIn(6, 6), terms.HoldsIn(7, 6)));
    }

    [Fact]
    public async Task The_other_party_ends_an_amendment_that_it_does_not_want()
    {
        var market = site.Market;
        await using var company = await site.Visit($"/agreements/{market.Late}/amendment", new Guise("en", JavaScript: false, As: market.Company));
        var form = company.Page.Locator("form").Filter(new() { HasText = "Clauses that end" });
        await form.GetByLabel("5.5 Tiered royalty").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Propose the amendment" }).ClickAsync();

        await using var lab = await site.Visit($"/agreements/{market.Late}/matters", new Guise("en", JavaScript: false, As: market.Lab));
        var amendments = lab.Page.GetByRole(AriaRole.Region, new() { Name = "Amendments" });
        await Assertions.Expect(amendments).ToContainTextAsync("Ends: Tiered royalty");
        await Assertions.Expect(amendments).ToContainTextAsync("Above CNY 5,000,000.00: 0.5%");
        await amendments.GetByLabel("Reason").FillAsync("The bands stay.");
        await amendments.GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await Assertions.Expect(amendments).ToContainTextAsync("Amendment 2: ended");
        Assert.Equal(AmendmentStatus.Withdrawn, (await market.Ask(market.Lab, new GetAgreement(market.Late))).Value.Details.Amendments[1].Status);
    }

    private static async Task Sign(ILocator amendments, string confirm, string button)
    {
        await amendments.GetByLabel(confirm).CheckAsync();
        await amendments.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    /// <summary>Another clause, which is then the n-th of the terms.</summary>
    private static async Task Add(ILocator form, string kind, int number, string button = "添加这一项")
    {
        await form.GetByLabel(button == "添加这一项" ? "要添加的付款" : "Payment to add").SelectOptionAsync(new SelectOptionValue { Label = kind });
        await form.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(Clause(form, number)).ToContainTextAsync(kind);
    }

    private static ILocator Clause(ILocator form, int number) => form.GetByRole(AriaRole.Group, new() { NameRegex = new Regex($"^(条款|Clause) 5\\.{number}(：|:)") });
}
