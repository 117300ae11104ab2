using System.Text;
using Marketplace.Application.Ledger;
using Marketplace.Documents.Sheets;
using Marketplace.Domain.Ledger;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>Monthly statements, on a site of its own since an administrator closes months of it.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private readonly Site site = new();

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_company_opens_the_last_month_takes_it_away_and_prints_it()
    {
        await using var visit = await site.Visit("/", new Guise("zh", As: site.Market.Company));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "对账单" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("月份")).ToHaveValueAsync("2026-03");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("未结账");

        // The month in which CNY 10 000.00 of the first instalment were paid.
        await visit.Page.GetByLabel("月份").SelectOptionAsync("2026-01");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "查看" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "示例储能公司" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "收到款项" })).ToContainTextAsync("10,000.00 元");

        var (csvName, csv) = await visit.Download("下载 CSV");
        Assert.Matches("^statement-99000000C00000001[0-9A-Z]-2026-01\\.csv$", csvName);
        var lines = Encoding.UTF8.GetString(csv).Split("\r\n");
        Assert.StartsWith("\uFEFF协议编号,成果,对方,币种,记账日", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Contains(",期初余额,", StringComparison.Ordinal) && l.EndsWith(",平,0.00,", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("收到款项", StringComparison.Ordinal) && l.Contains(",10000.00,", StringComparison.Ordinal));

        var (xlsxName, xlsx) = await visit.Download("下载 XLSX");
        Assert.Equal(csvName.Replace(".csv", ".xlsx", StringComparison.Ordinal), xlsxName);
        Assert.Contains("统一社会信用代码", new SalesSheetReader().Read(xlsx).Value.Rows.SelectMany(r => r.Cells).Select(c => c.Text));

        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "下载 CSV" })).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.GetByLabel("月份")).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.GetByText("99000000C00000001")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".statement-head .badge").First).ToHaveTextAsync("未结账");
        await Assertions.Expect(visit.Page.Locator(".statement-head .badge").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_administrator_closes_a_month_after_looking_at_it()
    {
        await using var visit = await site.Visit("/statements", new Guise("zh", JavaScript: false, As: Market.Administrator));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "先查看 2026-01，再结账。" }).ClickAsync();
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "结 2026-01 的账" });
        await visit.Page.GetByLabel("我已核对").EvaluateAsync("box => box.removeAttribute('required')");
        await button.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("请确认已核对。");

        await visit.Page.GetByLabel("我已核对").CheckAsync();
        await button.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("2026-01 已结账。");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "2026-01 已结账" })).ToBeVisibleAsync();
        var january = (await site.Market.Ask(Market.Administrator, new GetTrialBalance(LedgerMonth.Parse("2026-01").Value))).Value;
        Assert.Equal((MonthState.Closed, "zhang"), (january.State, january.Closed?.By));
        await Assertions.Expect(visit.Page.GetByText(january.Sha256)).ToBeVisibleAsync();

        // The company's line is final now, too.
        await using var company = await site.Visit("/statements?month=2026-01", new Guise("en", As: site.Market.Company));
        await Assertions.Expect(company.Page.Locator(".statement-head .badge").First).ToHaveTextAsync("Closed");
    }

    [Fact]
    public async Task A_statement_of_somebody_else_is_not_there()
    {
        await using var visit = await site.Visit($"/statements?agreement={site.Market.Late}&inventor=1&month=2026-01", new Guise("zh", As: site.Market.OtherLab));
        Assert.Equal(404, visit.Status);
    }
}
