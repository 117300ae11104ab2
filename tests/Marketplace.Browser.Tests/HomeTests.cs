using Marketplace.Application.Agreements;
using Marketplace.Domain.Agreements;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>What each role finds on its first screen.</summary>
public sealed class HomeTests(Site site)
{
    [Theory]
    [InlineData("zh", "今天需要我处理", "答复试用申请", "答复第 4 版条款", "登记第 2 笔的发票")]
    [InlineData("en", "What needs you today", "Answer an application for a trial", "Answer version 4 of the terms", "Record fapiao for sum 2")]
    public async Task A_lab_finds_what_needs_it_today(string language, string title, params string[] tasks)
    {
        await using var visit = await site.Visit("/home", new Guise(language, As: site.Market.Lab));
        var today = visit.Page.GetByRole(AriaRole.Region, new() { Name = title });
        foreach (var task in tasks)
        {
            await Assertions.Expect(today).ToContainTextAsync(task);
        }

        await today.GetByRole(AriaRole.Link, new() { Name = tasks[0] }).ClickAsync();
        Assert.Equal($"/agreements/{site.Market.Fresh}/negotiation", visit.Where);
    }

    [Fact]
    public async Task A_lab_sees_its_pipeline_its_trials_and_its_receivables()
    {
        await using var visit = await site.Visit("/home?lang=en", new Guise(As: site.Market.Lab));
        var pipeline = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Pipeline" });
        foreach (var (column, number) in new[] { ("Applied", "1"), ("Negotiating", "1"), ("Signed", "0"), ("Trial", "1"), ("Converted", "1"), ("Over", "0") })
        {
            await Assertions.Expect(pipeline.GetByRole(AriaRole.Heading, new() { Name = column }).Locator(".badge")).ToHaveTextAsync(number);
        }

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Trials that are on" })).ToContainTextAsync("2 of 2 criteria met");
        await Assertions.Expect(visit.Page.Locator("#months-CNY svg[role=img]").First).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("By the month due"));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Overdue by age (CNY), as a table" }).GetByRole(AriaRole.Row, new() { Name = "90 days and more" })).ToContainTextAsync("1 sum");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Income that waits" })).ToContainTextAsync("Pay the inventors: CNY 4,850.00");
    }

    [Theory]
    [InlineData("zh", "等我验收、签署或付款", "支付第 2 笔")]
    [InlineData("en", "What waits for you", "Pay sum 2")]
    public async Task A_company_finds_what_it_owes_and_can_pay_it(string language, string title, string task)
    {
        await using var visit = await site.Visit("/home", new Guise(language, As: site.Market.Company));
        var owed = (await site.Market.Ask(site.Market.Company, new ListObligations(IsOpen: true))).Value.Items.Sum(o => o.Owed.OutstandingMinor);
        await Assertions.Expect(visit.Page.Locator(".figure strong").Filter(new() { HasText = $"{owed / 100:N0}.{owed % 100:00}" }).First).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = title }).GetByRole(AriaRole.Link, new() { Name = task }).First.ClickAsync();
        Assert.StartsWith($"/agreements/{site.Market.Late}/pay?obligation=2", visit.Where, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_in_trial_sees_the_days_that_are_left_and_decides_in_one_step()
    {
        await using var visit = await site.Visit("/home?lang=en", new Guise(As: site.Market.OtherCompany));
        var trials = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Trials that are on" });
        var left = (await site.Market.Ask(site.Market.OtherCompany, new GetTrial(site.Market.Tried))).Value.DaysLeft;
        await Assertions.Expect(trials).ToContainTextAsync($"{left} days left");
        await Assertions.Expect(trials.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await trials.GetByRole(AriaRole.Link, new() { Name = "Return" }).ClickAsync();
        Assert.Equal($"/agreements/{site.Market.Tried}/decide#return", visit.Where);

        // Nothing is decided by a click alone.
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Return" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Check it, and tick that you mean it.")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Ask for more time" }).GetByLabel("Months more").FillAsync("many");
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Ask for more time" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Months more")).ToHaveAccessibleDescriptionAsync("Write a whole number, such as 120.");
        await Assertions.Expect(visit.Page.GetByLabel("Months more")).ToHaveValueAsync("many");
        Assert.Equal(AgreementState.InTrial, (await site.Market.Ask(site.Market.OtherCompany, new GetTrial(site.Market.Tried))).Value.State);
    }

    [Fact]
    public async Task Nobody_decides_about_the_trial_of_others()
    {
        await using var stranger = await site.Visit($"/agreements/{site.Market.Tried}/decide", new Guise(As: site.Market.Company));
        Assert.Equal(404, stranger.Status);
        await using var lab = await site.Visit($"/agreements/{site.Market.Tried}/decide", new Guise(As: site.Market.Lab));
        Assert.Equal(403, lab.Status);
    }

    [Theory]
    [InlineData("zh", "等待处理", "公示中的成果", "搁置的支付渠道通知")]
    [InlineData("en", "What waits", "Public notices running", "Parked provider notices")]
    public async Task An_administrator_finds_what_waits_each_with_a_number_and_a_link(string language, string title, string notices, string parked)
    {
        await using var visit = await site.Visit("/home", new Guise(language, As: Market.Administrator));
        var counts = visit.Page.GetByRole(AriaRole.Region, new() { Name = title });
        foreach (var label in new[] { notices, parked })
        {
            await Assertions.Expect(counts.Locator(".figure", new() { Has = visit.Page.GetByText(label, new() { Exact = true }) }).Locator("strong")).ToHaveTextAsync("1");
        }

        foreach (var address in await counts.GetByRole(AriaRole.Link).EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))"))
        {
            await visit.Go(address);
            Assert.True(visit.Status == 200, $"{address} answered {visit.Status}");
        }
    }

    [Fact]
    public async Task Somebody_who_is_named_nowhere_is_told_what_to_do_next()
    {
        await using var guarantor = await site.Visit("/home?lang=en", new Guise(As: site.Market.Guarantor));
        await Assertions.Expect(guarantor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("No agreement names you yet");
        await using var lab = await site.Visit("/home?lang=en", new Guise(As: site.Market.OtherLab));
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("make an offer for a result");
        await Assertions.Expect(lab.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Zinc-iron flow battery");
    }

    [Fact]
    public async Task Home_is_the_first_thing_in_the_navigation_of_whoever_is_signed_in()
    {
        await using var company = await site.Visit("/?lang=en", new Guise(As: site.Market.Company));
        await Assertions.Expect(company.Page.Locator(".site-nav a").First).ToHaveTextAsync("Home");
        await using var visitor = await site.Visit("/?lang=en");
        await Assertions.Expect(visitor.Page.Locator(".site-nav a").First).ToHaveTextAsync("Results");
    }

    [Fact]
    public async Task A_chart_says_its_numbers_as_a_table_too()
    {
        await using var visit = await site.Visit($"/agreements/{site.Market.Late}?lang=en", new Guise(As: site.Market.Company));
        var chart = visit.Page.Locator("#payment-course");
        await Assertions.Expect(chart.GetByRole(AriaRole.Img)).ToHaveCountAsync(1); // of two drawings one is shown
        await chart.GetByText("As a table").ClickAsync();
        await Assertions.Expect(chart.GetByRole(AriaRole.Row).Last).ToContainTextAsync("CNY 10,000.00");

        await visit.Go($"/agreements/{site.Market.Tried}/trial?lang=en");
        Assert.Equal(404, visit.Status);
        await using var trial = await site.Visit($"/agreements/{site.Market.Tried}/trial?lang=en", new Guise(As: site.Market.Lab));
        await Assertions.Expect(trial.Page.Locator("#burn-down-chart").GetByRole(AriaRole.Img)).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("^Criteria not met yet"));
    }
}
