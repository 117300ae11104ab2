using System.Text.RegularExpressions;
using Marketplace.Application.Agreements;
using Marketplace.Domain.Agreements;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>A lab records fapiao by a form, in Chinese and without JavaScript, on a site of its own since it changes it.</summary>
public sealed class FapiaoTests : IAsyncLifetime
{
    private const string Buyer = "99000000C000000016";
    private readonly Site site = new();

    private string Address => $"/agreements/{site.Market.Late}/obligations/2/fapiao";

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_fapiao_is_recorded_after_what_was_wrong_is_put_right_and_the_file_is_chosen_again()
    {
        await using var visit = await site.Visit(Address, new Guise("zh", JavaScript: false, As: site.Market.Lab));
        var form = visit.Page.Locator("form").Filter(new() { HasText = "发票原件" });
        var send = form.GetByRole(AriaRole.Button, new() { Name = "登记发票" });
        var number = form.GetByLabel("发票号码");
        await number.FillAsync("2612 2000 0000 0000 0009");
        await form.GetByLabel("开票日期").FillAsync($"{site.Market.Today:yyyy-MM-dd}");
        await form.GetByLabel("价税合计（元）").FillAsync("1万");
        await form.GetByLabel("其中税额（元）").FillAsync("60");
        await form.GetByLabel("购买方统一社会信用代码").FillAsync("91350100M000100Y43");
        await Choose(form, "发票.pdf", "<html>");
        await send.ClickAsync();
        await Assertions.Expect(form.GetByLabel("价税合计（元）")).ToHaveAccessibleDescriptionAsync(new Regex("请填写数字，至多 2 位小数，例如 1234.56。$"));
        await Assertions.Expect(form.GetByRole(AriaRole.Status)).ToHaveTextAsync("没有登记。请改正后再次选择文件。");
        await Assertions.Expect(number).ToHaveValueAsync("2612 2000 0000 0000 0009");
        await visit.FitsItsWindow();
        await visit.Shoot("fapiao-faults-zh-1400");

        await form.GetByLabel("价税合计（元）").FillAsync("1,060.00");
        await send.ClickAsync();
        await Assertions.Expect(form.GetByLabel("发票原件")).ToHaveAccessibleDescriptionAsync("请选择文件。");
        await Choose(form, "发票.pdf", "<html>");
        await send.ClickAsync();
        await Assertions.Expect(form.GetByLabel("发票原件")).ToHaveAccessibleDescriptionAsync(new Regex("文件内容须为 PDF、OFD、XML"));
        await Choose(form, "发票.pdf", "%PDF-1.7 %%EOF");
        await send.ClickAsync();
        await Assertions.Expect(form.GetByLabel("购买方统一社会信用代码")).ToHaveAccessibleDescriptionAsync(new Regex("购买方须为合同中的企业"));
        await form.GetByLabel("购买方统一社会信用代码").FillAsync(Buyer);
        await Choose(form, @"发票.pdf", "%PDF-1.7 %%EOF");
        await send.ClickAsync();

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("发票已登记。");
        var line = visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "26122000000000000009" });
        await Assertions.Expect(line).ToContainTextAsync("1,060.00");
        Assert.Equal(("发票.pdf", 1_060_00L), await Last() is var last ? (last.File.Name, last.TotalMinor) : default);

        // The original is saved under a name of ours.
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => line.GetByRole(AriaRole.Link).ClickAsync());
        Assert.Equal("fapiao-26122000000000000009.pdf", download.SuggestedFilename);
    }

    [Fact]
    public async Task A_record_is_withdrawn_with_its_reason_and_the_company_sees_it()
    {
        await using (var visit = await site.Visit(Address, new Guise("zh", JavaScript: false, As: site.Market.Lab)))
        {
            var form = visit.Page.Locator("form").Filter(new() { HasText = "撤销登记" });
            await form.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(form.GetByLabel("登记", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("合同没有这一条发票登记。");
            await form.GetByLabel("登记", new() { Exact = true }).SelectOptionAsync("2");
            await form.GetByLabel("原因").FillAsync("红字发票录错合同");
            await form.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("登记已撤销。");
        }

        await using var companys = await site.Visit($"/agreements/{site.Market.Late}", new Guise("zh", As: site.Market.Company));
        await Assertions.Expect(companys.Page.Locator("#sum-2").GetByRole(AriaRole.Listitem).Filter(new() { HasText = "红字发票录错合同" })).ToContainTextAsync("登记已撤销");
        await Assertions.Expect(companys.Page.GetByRole(AriaRole.Link, new() { Name = "登记发票" })).ToHaveCountAsync(0);
    }

    private async Task<FapiaoRecord> Last() => (await site.Market.Ask(site.Market.Lab, new ListFapiao(site.Market.Late))).Value[^1];

    private static Task Choose(ILocator form, string name, string content) => form.GetByLabel("发票原件").SetInputFilesAsync(new FilePayload
    {
        Name = name,
        MimeType = "application/pdf",
        Buffer = System.Text.Encoding.ASCII.GetBytes(content),
    });
}
