using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Documents.Sheets;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>Carrying off what a page shows, and the books of a month. The site is its own: exports are started in it.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private readonly Site site = new();

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_table_is_filtered_and_taken_away_as_it_stands_there()
    {
        await using var visit = await site.Visit("/obligations", new Guise("zh", As: Market.Administrator));
        await visit.Page.GetByLabel("状态").SelectOptionAsync("Overdue");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("tbody tr").Filter(new() { HasNotText = "逾期" })).ToHaveCountAsync(0);
        var shown = await visit.Page.Locator("tbody tr").CountAsync();
        Assert.True(shown > 0);

        var (csvName, csv) = await visit.Download("CSV：应付款项");
        Assert.Equal("应付款项.csv", csvName);
        var rows = new SalesSheetReader().Read(csv).Value.Rows;
        Assert.Equal(shown + 1, rows.Count);
        var status = rows[0].Cells.ToList().FindIndex(c => c.Text == "状态");
        Assert.All(rows.Skip(1), r => Assert.Equal("逾期", r.Cells[status].Text));

        var (xlsxName, xlsx) = await visit.Download("XLSX：应付款项");
        Assert.Equal("应付款项.xlsx", xlsxName);
        Assert.Equal(rows.Select(r => r.Cells[0].Text), new SalesSheetReader().Read(xlsx).Value.Rows.Select(r => r.Cells[0].Text));
    }

    [Fact]
    public async Task The_books_of_a_month_are_started_seen_to_finish_and_checked()
    {
        await using var visit = await site.Visit("/statements", new Guise("zh", As: Market.Administrator));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "整月导出（ZIP）" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("整月导出"); // the page before has a month to choose, too
        await visit.Page.GetByLabel("月份").SelectOptionAsync("2026-01");
        await visit.Page.GetByLabel("表格格式").SelectOptionAsync("Csv");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "开始导出" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("2026-01 整月导出");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("排队等待制作，页面会自动更新。");

        // Nobody touches the page: it sees by itself that the file is there.
        await site.Market.MakeExports();
        var (name, content) = await visit.Download("下载 ZIP");
        Assert.Equal("cycle-2026-01.zip", name);
        using var zip = new ZipArchive(new MemoryStream(content));
        foreach (var file in JsonNode.Parse(zip.GetEntry("manifest.json")!.Open())!["files"]!.AsArray())
        {
            Assert.Equal((string?)file!["sha256"], Convert.ToHexStringLower(SHA256.HashData(zip.GetEntry((string)file["file"]!)!.Open())));
        }

        using var ledger = new StreamReader(zip.GetEntry("ledger.csv")!.Open(), Encoding.UTF8);
        Assert.StartsWith("协议编号,事件,记录时间,缘由", await ledger.ReadLineAsync(), StringComparison.Ordinal);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("下载记录");
    }

    [Fact]
    public async Task Without_JavaScript_the_page_reloads_itself_and_an_export_can_be_ended()
    {
        await using var visit = await site.Visit("/exports", new Guise("zh", JavaScript: false, As: site.Market.Company));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("还没有导出");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "开始导出" }).ClickAsync();
        Assert.Equal("3", await visit.Page.Locator("meta[http-equiv=refresh]").GetAttributeAsync("content"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "中止导出" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("已按要求中止，没有留下文件。");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "下载 ZIP" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_somebody_else_exports_is_not_there()
    {
        await using var visit = await site.Visit($"/exports/{site.Market.Exported}", new Guise("zh", As: site.Market.OtherCompany));
        Assert.Equal(404, visit.Status);
    }
}
