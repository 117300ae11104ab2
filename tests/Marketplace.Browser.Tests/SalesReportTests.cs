using System.Text;
using Marketplace.Application.Agreements;
using Marketplace.Domain.Agreements;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>Reporting sales by a form, on a site of its own since these readers change it. Without JavaScript: with it nothing is different.</summary>
public sealed class SalesReportTests : IAsyncLifetime
{
    private readonly Site site = new();

    private string Address => $"/agreements/{site.Market.Late}/reports";

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_what_was_typed_stays()
    {
        await using var visit = await site.Visit(Address, new Guise("en", JavaScript: false, As: site.Market.Company));
        var form = visit.Page.Locator("form").Filter(new() { HasText = "There were no sales" });
        await form.GetByLabel("Gross sales (CNY)").FillAsync("12x");
        await form.GetByLabel("Deduction 2: kind").FillAsync("Returns");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(form.GetByLabel("Gross sales (CNY)")).ToHaveValueAsync("12x");
        await Assertions.Expect(form.GetByLabel("Gross sales (CNY)")).ToHaveAccessibleDescriptionAsync("Write a number with at most 2 decimals, such as 1234.56.");
        await Assertions.Expect(form.GetByLabel("Deduction 2: kind")).ToHaveValueAsync("Returns");

        await form.GetByLabel("Gross sales (CNY)").FillAsync("1,234.50");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(form.GetByLabel("Deduction 2: amount (CNY)")).ToHaveAccessibleDescriptionAsync("The amount must be greater than zero.");

        await form.GetByLabel("Deduction 2: amount (CNY)").FillAsync("34.50");
        await form.GetByLabel("There were no sales").CheckAsync();
        await form.GetByLabel("Name").FillAsync("Zhao");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(form.GetByLabel("Position")).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("^Name the person"));

        await form.GetByLabel("Position").FillAsync("CFO");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(form.GetByLabel("There were no sales")).ToHaveAccessibleDescriptionAsync("It is affirmed that there were no sales, yet there are figures.");

        await form.GetByLabel("There were no sales").UncheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The report of period 1 was sent.");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Period 1" })).ToContainTextAsync("Zhao (CFO)");
        Assert.Equal(1_200_00, (await Reports()).Single().Figures.NetMinor);
    }

    [Fact]
    public async Task A_draft_is_there_again_in_another_window_and_gone_with_its_report()
    {
        await using (var visit = await site.Visit(Address, new Guise("zh", JavaScript: false, As: site.Market.Company)))
        {
            var form = visit.Page.Locator("form").Filter(new() { HasText = "本期没有销售" });
            await form.GetByLabel("销售额（CNY）").FillAsync("12x");
            await form.GetByLabel("姓名").FillAsync("赵");
            await form.GetByLabel("本期没有销售").CheckAsync();
            await form.GetByRole(AriaRole.Button, new() { Name = "存为草稿" }).ClickAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("只有贵企业可见，尚未提交。");
        }

        foreach (var width in new[] { 1400, 390 })
        {
            await using var seen = await site.Visit(Address, new Guise("zh", Width: width, As: site.Market.Company));
            await seen.FitsItsWindow();
            await seen.IsAccessible();
            await seen.Shoot($"reports-draft-zh-{width}");
        }

        await using var other = await site.Visit(Address, new Guise("en", JavaScript: false, As: site.Market.Company));
        var again = other.Page.Locator("form").Filter(new() { HasText = "There were no sales" });
        await Assertions.Expect(again.GetByLabel("Gross sales (CNY)")).ToHaveValueAsync("12x");
        await Assertions.Expect(again.GetByLabel("There were no sales")).ToBeCheckedAsync();
        await again.GetByLabel("Gross sales (CNY)").FillAsync("");
        await again.GetByLabel("Position").FillAsync("CFO");
        await again.GetByRole(AriaRole.Button, new() { Name = "Send the report of period 1" }).ClickAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The report of period 1 was sent.");
        Assert.Equal(0, (await Reports()).Single().Figures.NetMinor);
        await using var lab = await site.Visit(Address, new Guise("en", As: site.Market.Lab));
        await Assertions.Expect(lab.Page.GetByText("draft")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task In_every_guise_the_form_fits_and_can_be_used_by_everybody()
    {
        foreach (var (language, dark, width) in new[] { ("zh", false, 1400), ("en", true, 1400), ("zh", true, 390), ("en", false, 390) })
        {
            await using var visit = await site.Visit(Address, new Guise(language, dark, width, As: site.Market.Company));
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = language == "en" ? "Check the file only" : "只检查文件" }).ClickAsync();
            await Assertions.Expect(visit.Page.Locator(".field-fault")).ToHaveCountAsync(1);
            await visit.FitsItsWindow();
            await visit.IsAccessible();
            await visit.Shoot($"reports-form-{language}-{width}");
        }
    }

    [Fact]
    public async Task Sent_twice_a_report_is_one_report()
    {
        await using var visit = await site.Visit(Address, new Guise("en", JavaScript: false, As: site.Market.Company));
        var form = visit.Page.Locator("form").Filter(new() { HasText = "There were no sales" });
        await form.GetByLabel("There were no sales").CheckAsync();
        await form.GetByLabel("Name").FillAsync("Zhao");
        await form.GetByLabel("Position").FillAsync("CFO");
        var members = await form.Locator("input").EvaluateAllAsync<string[][]>("inputs => inputs.filter(i => i.type !== 'checkbox' || i.checked).map(i => [i.name, i.value])");
        for (var time = 0; time < 2; time++)
        {
            var sent = visit.Page.Context.APIRequest.CreateFormData();
            foreach (var member in members)
            {
                sent.Append(member[0], member[1]);
            }

            var answer = await visit.Page.Context.APIRequest.PostAsync(Address, new() { Form = sent, MaxRedirects = 0 });
            Assert.True(answer.Status == 302, answer.Status + string.Join(";", answer.Headers.Select(h => h.Key + "=" + h.Value)) + await answer.TextAsync());
            Assert.Equal((302, $"{Address}?reported=1"), (answer.Status, new Uri(new Uri("http://here"), answer.Headers["location"]).PathAndQuery));
        }

        Assert.Single(await Reports());

        var forged = visit.Page.Context.APIRequest.CreateFormData();
        foreach (var member in members.Where(m => m[0] != "__RequestVerificationToken"))
        {
            forged.Append(member[0], member[1]);
        }

        Assert.Equal(400, (await visit.Page.Context.APIRequest.PostAsync(Address, new() { Form = forged, MaxRedirects = 0 })).Status);
    }

    [Fact]
    public async Task A_file_is_checked_mended_and_sent_and_its_doubts_are_the_labs_and_not_the_companys_to_read()
    {
        await using var visit = await site.Visit(Address, new Guise("en", JavaScript: false, As: site.Market.Company));
        var form = visit.Page.Locator("form").Filter(new() { HasText = "Check the file only" });
        var send = form.GetByRole(AriaRole.Button, new() { Name = "Send the report of period 1 from the file" });
        await form.GetByLabel("Name of who affirms it").FillAsync("Zhao");
        await form.GetByLabel("Their position").FillAsync("CFO");
        await send.ClickAsync();
        await Assertions.Expect(form.GetByLabel("File", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("Choose a file.");

        await Choose(form, "=pump,DE,2,5,11,USD,");
        await send.ClickAsync();
        await Assertions.Expect(form.GetByLabel("File", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("Errors in the file: 2. Nothing was reported.");
        await Assertions.Expect(form.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Assertions.Expect(form.GetByLabel("Their position")).ToHaveValueAsync("CFO");
        foreach (var width in new[] { 1400, 390 })
        {
            await visit.Page.SetViewportSizeAsync(width, 900);
            await visit.Shoot($"reports-errors-{width}");
        }

        await Choose(form, new string(' ', 3_000_000)); // more than any other request may send
        await send.ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("There are no lines of sales in the file.");

        await Choose(form, "pump,DE,2,5000,10000,CNY,4000");
        await form.GetByRole(AriaRole.Button, new() { Name = "Check the file only" }).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync("The file is in order: 1 row,");
        Assert.Empty(await Reports());

        await Choose(form, "pump,DE,2,5000,10000,CNY,4000");
        await send.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The report of period 1 was sent.");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Period 1" })).ToContainTextAsync("sales.csv, 1 row, SHA-256");
        await Assertions.Expect(visit.Page.GetByText("Risk score")).ToHaveCountAsync(0);

        // 4 000 of 10 000 are more than three tenths.
        foreach (var (language, dark, width) in new[] { ("zh", false, 1400), ("en", true, 1400), ("zh", true, 390), ("en", false, 390) })
        {
            await using var labs = await site.Visit(Address, new Guise(language, dark, width, As: site.Market.Lab));
            await Assertions.Expect(labs.Page.GetByRole(AriaRole.Heading, new() { Name = language == "en" ? "Risk score of the reports: 80 / 1000" : "报告风险评分 80 / 1000" })).ToBeVisibleAsync();
            await labs.FitsItsWindow();
            await labs.IsAccessible();
            await labs.Shoot($"reports-lab-{language}-{width}");
        }

        foreach (var (language, width) in new[] { ("zh", 1400), ("en", 390) })
        {
            await using var list = await site.Visit("/reports-at-risk", new Guise(language, Width: width, As: Market.Administrator));
            await Assertions.Expect(list.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "80" })).ToContainTextAsync(language == "en" ? "high deductions" : "扣除偏高");
            await list.FitsItsWindow();
            await list.IsAccessible();
            await list.Shoot($"reports-at-risk-{language}-{width}");
        }
    }

    private async Task<IReadOnlyList<SalesPeriod>> Reports() => (await site.Market.Ask(site.Market.Company, new GetAgreement(site.Market.Late))).Value.Details.Reports;

    private static Task Choose(ILocator form, string line) => form.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload
    {
        Name = "sales.csv",
        MimeType = "text/csv",
        Buffer = Encoding.UTF8.GetBytes($"Product,Customer country,Quantity,Unit price,Gross,Currency,Deduction: Returns\r\n{line}\r\n"),
    });
}
