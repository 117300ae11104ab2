using Marketplace.Application.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

public sealed class SettlementTests(Site site)
{
    [Fact]
    public async Task The_numbers_are_what_the_commands_made()
    {
        await using var visit = await site.Visit("/settlement?lang=en", new Guise(As: Market.Administrator));

        // One receipt of CNY 10 000.00, all of it allocated: 3 % fee, half of the rest to the inventors, the lab's half on its way out.
        await Shows(visit, "Received", "CNY 10,000.00");
        await Shows(visit, "Platform fee", "CNY 300.00");
        await Shows(visit, "Unapplied cash", "CNY 0.00");
        await Shows(visit, "Payable to labs, inventors and brokers", "CNY 4,850.00");
        await Shows(visit, "Paid out to labs, inventors and brokers", "CNY 0.00");
        await Shows(visit, "Payments not concluded", "1");

        // What the page adds up, an agreement alone must give.
        var details = (await site.Market.Ask(Market.Administrator, new GetAgreement(site.Market.Late))).Value.Details;
        var receivable = details.BalanceMinor(ChartOfAccounts.ReceivablePrincipal, Currency.Cny) + details.BalanceMinor(ChartOfAccounts.ReceivableInterest, Currency.Cny);
        await Shows(visit, "Receivable", $"CNY {receivable / 100:N0}.{receivable % 100:00}");
        await Shows(visit, "Steps waiting for approval", $"{details.Obligations.Sum(o => o.Proposed.Count)}");
        Assert.NotEqual(0, details.Obligations.Sum(o => o.Proposed.Count));
    }

    [Fact]
    public async Task Every_number_leads_to_the_list_that_it_comes_from()
    {
        await using var visit = await site.Visit("/settlement?lang=en", new Guise(As: Market.Administrator));
        foreach (var address in await visit.Page.Locator("main a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))"))
        {
            await visit.Go(address);
            Assert.True(visit.Status == 200, $"{address} answered {visit.Status}");
        }

        await visit.Go("/settlement");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Steps waiting for approval" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Last).ToContainTextAsync("To approve: breach notice");
        await visit.Page.GetByRole(AriaRole.Row).Last.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#sum-2")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_difference_leads_to_what_differs()
    {
        await using var visit = await site.Visit("/reconciliation?lang=en", new Guise(As: Market.Administrator));
        var row = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Differences: Bank" }).GetByRole(AriaRole.Row).Filter(new() { HasText = site.Market.Parked });
        await Assertions.Expect(row).ToContainTextAsync("Of no payment of ours");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        Assert.Equal($"/bank/lines/{site.Market.Parked}", visit.Where);
    }

    [Fact]
    public async Task What_a_movement_is_must_be_chosen_and_it_must_be_there()
    {
        await using var visit = await site.Visit("/reconciliation?lang=en&explain=stripe:txn_nothing", new Guise(As: Market.Administrator));
        var record = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Record it" });
        await visit.Page.GetByLabel("In words").FillAsync("monthly fee");
        await record.ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("What it is")).ToHaveAccessibleDescriptionAsync("Choose what it is.");
        await Assertions.Expect(visit.Page.GetByLabel("In words")).ToHaveValueAsync("monthly fee");
        await visit.Page.GetByLabel("What it is").SelectOptionAsync("A fee of the provider");
        await record.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_overdue_sum_stands_in_the_bucket_of_its_age()
    {
        await using var visit = await site.Visit("/settlement?lang=en", new Guise(As: Market.Administrator));
        var row = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Overdue by age (CNY), as a table" }).GetByRole(AriaRole.Row, new() { Name = "90 days and more" });
        await Assertions.Expect(row).ToContainTextAsync("1");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.GetByLabel("Status", new() { Exact = true })).ToHaveValueAsync(nameof(ObligationStatus.Overdue));
    }

    [Fact]
    public async Task A_number_leads_to_its_postings_and_they_add_up_to_it()
    {
        await using var visit = await site.Visit("/settlement?lang=en", new Guise(As: Market.Administrator));
        var receivable = await visit.Page.Locator(".figure", new() { Has = visit.Page.GetByText("Receivable", new() { Exact = true }) }).Locator("strong").InnerTextAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Receivable" }).First.ClickAsync();
        await Assertions.Expect(visit.Heading).ToContainTextAsync("Receivable");
        var parts = visit.Page.GetByRole(AriaRole.Row);
        Assert.Equal(receivable, await parts.Last.Locator(".number").InnerTextAsync());
        Assert.Equal(Minor(receivable), (await parts.Locator("a").AllInnerTextsAsync()).Sum(Minor));

        var principal = Minor(await visit.Page.GetByRole(AriaRole.Row, new() { Name = "Licence fees receivable" }).GetByRole(AriaRole.Link).InnerTextAsync());
        await visit.Page.GetByRole(AriaRole.Row, new() { Name = "Licence fees receivable" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(visit.Heading).ToContainTextAsync("Account: Licence fees receivable");
        var balances = await visit.Page.Locator("tbody td.number a").AllInnerTextsAsync();
        Assert.Equal(principal, balances.Sum(Minor));

        await visit.Page.Locator("tbody td.number a").First.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Postings" })).ToBeVisibleAsync();
        var debits = await visit.Page.Locator("td[data-label=Debit]").AllInnerTextsAsync();
        var credits = await visit.Page.Locator("td[data-label=Credit]").AllInnerTextsAsync();
        Assert.NotEmpty(debits);
        Assert.Equal(Minor(balances[0]), debits.Sum(Minor) - credits.Sum(Minor));

        static long Minor(string text) => new string([.. text.Where(char.IsDigit)]) is { Length: > 0 } digits ? long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    [Fact]
    public async Task Sandbox_money_is_marked_wherever_it_stands()
    {
        foreach (var address in new[] { "/settlement", "/obligations", "/payments", $"/agreements/{site.Market.Late}" })
        {
            await using var visit = await site.Visit(address, new Guise(As: Market.Administrator));
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main).GetByText("沙盒 sandbox").First).ToBeVisibleAsync();
        }
    }

    [Theory]
    [InlineData("/settlement")]
    [InlineData("/settlement/figure?figure=Received&currency=CNY")]
    [InlineData("/settlement/postings?account=cash&currency=CNY")]
    [InlineData("/payments")]
    [InlineData("/quarantine")]
    public async Task It_is_for_administrators_only(string address)
    {
        await using var visit = await site.Visit(address, new Guise(As: site.Market.Company));
        Assert.Equal(403, visit.Status);
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("无权查看");
    }

    private static Task Shows(Visit visit, string label, string value) => Assertions.Expect(
        visit.Page.Locator(".figure", new() { Has = visit.Page.GetByText(label, new() { Exact = true }) }).Locator("strong")).ToHaveTextAsync(value);
}
