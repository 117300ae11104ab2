using System.Text;
using System.Text.RegularExpressions;
using Marketplace.Application.Payments;
using Marketplace.Application.Tests.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;

/// <summary>Paying, being paid, and giving back, on a site of its own since these readers change it.</summary>
public sealed partial class PayingTests : IAsyncLifetime
{
    private readonly Site site = new()
    {
        Configure = services =>
        {
            var provider = new PageProvider();
            services.AddSingleton<IPaymentProvider>(provider).AddSingleton<IHostedPages>(provider);
        },
    };

    private string Agreement => $"/agreements/{site.Market.Late}";

    /// <summary>Two sums can be paid: the first instalment is late, and the lump sum is invoiced.</summary>
    public async ValueTask InitializeAsync()
    {
        await site.InitializeAsync();
        await site.Market.Accept(site.Market.Lab, new InvoiceObligation(Guid.NewGuid(), site.Market.Late, 1));
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_company_opens_what_it_owes_and_pays_two_sums_together()
    {
        await using var visit = await site.Visit("/obligations", new Guise("zh", JavaScript: false, As: site.Market.Company));
        await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "第 2 笔" }).GetByRole(AriaRole.Link, new() { Name = "付款" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("第 2 笔")).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByLabel("第 1 笔")).Not.ToBeCheckedAsync();
        await visit.Page.GetByLabel("第 1 笔").CheckAsync();
        await visit.Page.GetByLabel("模拟支付").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "继续" }).ClickAsync();

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "已付款" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("收取第 1、2 笔");
        await Assertions.Expect(visit.Page.GetByText("沙盒 sandbox").Last).ToBeVisibleAsync();
        var deal = await Deal();
        Assert.Equal([ObligationStatus.Paid, ObligationStatus.Paid], deal.Obligations.Take(2).Select(o => o.Status));
        Assert.Equal(0, deal.Receipts[^1].UnappliedMinor);
    }

    [Fact]
    public async Task The_printed_sheet_fits_one_page_and_its_reference_typed_back_names_the_agreement()
    {
        await using var visit = await site.Visit($"{Agreement}/pay", new Guise("zh", As: site.Market.Company));
        await visit.Page.GetByLabel("银行转账").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "继续" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToContainTextAsync("银行转账单");

        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^转账二维码：收款人 示例平台") })).ToBeVisibleAsync();
        var typedBack = RemittanceReference.Parse(await visit.Page.Locator(".reference").InnerTextAsync(), "reference").Value;
        Assert.Equal((RemittanceReference.CodeOf(site.Market.Late), 1), (typedBack.PaymentCode, typedBack.Obligation));
        var sheet = (await site.Market.Ask(site.Market.Company, new GetPaymentSheet(site.Market.Late, [1, 2]))).Value;
        await Assertions.Expect(visit.Page.Locator(".sheet-amount")).ToHaveTextAsync($"{sheet.Total.AmountMinor / 100:N0}.{sheet.Total.AmountMinor % 100:00}\u00A0元");
        Assert.Single(PdfPage().Matches(Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { PreferCSSPageSize = true }))));
        await visit.Shoot("payment-sheet-print");
    }

    [Fact]
    public async Task A_payment_that_was_declined_says_why_and_can_be_made_again()
    {
        await using var visit = await site.Visit($"{Agreement}/pay?obligation=2", new Guise("zh", JavaScript: false, As: site.Market.Company));
        await visit.Page.GetByLabel("模拟支付").CheckAsync();
        await visit.Page.GetByLabel("让沙盒怎样处理").SelectOptionAsync("sandbox sandbox:decline");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "继续" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "付款没有成功" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("付款被拒绝。请向发卡行或开户行了解原因")).ToBeVisibleAsync();
        Assert.NotEqual(ObligationStatus.Paid, (await Deal()).Obligations[1].Status);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "重新付款" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("第 2 笔")).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByLabel("第 1 笔")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_to_pay()
    {
        await using var visit = await site.Visit($"{Agreement}/pay?obligation=1", new Guise("zh", As: site.Market.Company));
        await TabTo(visit, "pay-2");
        await visit.Page.Keyboard.PressAsync("Space");
        await TabTo(visit, "way-transfer");
        await visit.Page.Keyboard.PressAsync("ArrowUp"); // round to the last way
        await TabTo(visit, "pay-simulated");
        await TabTo(visit, null, "继续");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "已付款" })).ToBeVisibleAsync();
        Assert.Equal([ObligationStatus.Paid, ObligationStatus.Paid], (await Deal()).Obligations.Take(2).Select(o => o.Status));
    }

    [Fact]
    public async Task Sent_twice_a_payment_is_one_payment_and_what_is_wrong_stands_beside_its_field()
    {
        await using var visit = await site.Visit($"{Agreement}/pay?obligation=2", new Guise("en", JavaScript: false, As: site.Market.Company));
        var sums = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Which sums" });
        await sums.GetByLabel("Sum 2").UncheckAsync();
        await visit.Page.GetByLabel("Simulated").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(sums).ToHaveAccessibleDescriptionAsync("Choose at least one sum.");
        await Assertions.Expect(visit.Page.GetByLabel("Simulated")).ToBeCheckedAsync();
        await sums.GetByLabel("Sum 2").CheckAsync();

        var members = await visit.Page.Locator("form").Filter(new() { HasText = "Which sums" }).Locator("input, select")
            .EvaluateAllAsync<string[][]>("fields => fields.filter(f => !['checkbox', 'radio'].includes(f.type) || f.checked).map(f => [f.name, f.value])");
        for (var time = 0; time < 2; time++)
        {
            var sent = visit.Page.Context.APIRequest.CreateFormData();
            foreach (var member in members)
            {
                sent.Append(member[0], member[1]);
            }

            var answer = await visit.Page.Context.APIRequest.PostAsync($"{Agreement}/pay", new() { Form = sent, MaxRedirects = 0 });
            Assert.Equal(302, answer.Status);
            await visit.Go(new Uri(new Uri(visit.Page.Url), answer.Headers["location"]).PathAndQuery); // the payment is made before it is sent again
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Paid" })).ToBeVisibleAsync();
        }

        Assert.Equal(1, (await Deal()).Intents.Count(i => i is { Kind: IntentKind.Collection, Status: IntentStatus.Succeeded }));
    }

    [Fact]
    public async Task On_a_page_of_a_provider_one_pays_goes_back_opens_it_again_and_withdraws()
    {
        await using var visit = await site.Visit($"{Agreement}/pay?obligation=2", new Guise("en", As: site.Market.Company));
        await visit.Page.RouteAsync($"{PageProvider.Site}/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>elsewhere</h1>" }));
        await visit.Page.GetByLabel("On a page of pages").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await visit.Page.WaitForURLAsync($"{PageProvider.Site}/pay/*");
        var intent = (await Deal()).Intents[^1];
        Assert.Equal($"{PageProvider.Site}/pay/{intent.Id}", visit.Page.Url);

        await visit.Go($"{Agreement}/payments/{intent.Id}");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for the payment" })).ToBeVisibleAsync();
        await visit.FitsItsWindow();
        await visit.IsAccessible();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open the payment page" }).ClickAsync();
        await visit.Page.WaitForURLAsync($"{PageProvider.Site}/pay/*");

        await visit.Go($"{Agreement}/pay");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Sum 2" })).ToBeDisabledAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "a payment of it is under way" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the payment" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Being withdrawn" })).ToBeVisibleAsync();
        await site.Market.WorkOff(site.Market.Late);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "See how it stands now" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("The payment was withdrawn, and nothing moved.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Collection_by_itself_is_set_up_shown_and_ended()
    {
        await using var visit = await site.Visit($"{Agreement}/pay", new Guise("en", JavaScript: false, As: site.Market.Company));
        await visit.Page.GetByLabel("Way to collect").SelectOptionAsync("sandbox sandbox:delay-3d");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Collect by itself" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Sums are collected by themselves when they fall due.");
        await Assertions.Expect(visit.Page.GetByText("Sums are collected on the day")).ToContainTextAsync("Simulated: processing");
        Assert.Equal(new CollectionMandate("sandbox", "sandbox:delay-3d"), (await Deal()).Mandate);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop collecting" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Nothing is collected by itself any more.");
        Assert.Null((await Deal()).Mandate);
    }

    [Fact]
    public async Task A_lab_registers_an_account_to_be_paid_on_and_is_sent_to_the_provider_to_say_who_it_is()
    {
        await using var visit = await site.Visit("/payment-settings", new Guise("en", As: site.Market.Lab));
        await visit.Page.GetByLabel("Account holder").FillAsync("Haihe Storage Laboratory");
        await visit.Page.GetByLabel("Account number").FillAsync("6222/0001");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Register the account" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Account number")).ToHaveAccessibleDescriptionAsync(new Regex("The account number must be 1 to 34 letters, digits or hyphens[.]$"));
        await Assertions.Expect(visit.Page.GetByLabel("Account holder")).ToHaveValueAsync("Haihe Storage Laboratory");
        await visit.FitsItsWindow();
        await visit.IsAccessible();

        await visit.Page.GetByLabel("Account number").FillAsync("6222 0200 0000 4242");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Register the account" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The account is registered");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "•••• 4242" });
        await Assertions.Expect(row).ToContainTextAsync("To be verified");
        await Assertions.Expect(visit.Page.GetByText("62220200")).ToHaveCountAsync(0);

        await visit.Page.RouteAsync($"{PageProvider.Site}/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>elsewhere</h1>" }));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Say who we are" }).ClickAsync();
        await visit.Page.WaitForURLAsync($"{PageProvider.Site}/payee/{site.Market.Lab.Organisation}");
    }

    [Fact]
    public async Task An_administrator_gives_back_what_was_paid_too_much_once_it_is_confirmed()
    {
        await site.Market.Accept(Market.Administrator, new RecordReceipt(Guid.NewGuid(), site.Market.Late, "bank", "line 2", new Money(500_000_00, Currency.Cny), site.Market.Today));
        var surplus = (await Deal()).Receipts[^1].UnappliedMinor;
        await using var visit = await site.Visit($"{Agreement}/money", new Guise("en", JavaScript: false, As: Market.Administrator));
        var form = visit.Page.Locator("form").Filter(new() { HasText = "I have checked the amount and the payee" });
        await form.GetByLabel("Amount", new() { Exact = true }).FillAsync("1.005");
        await form.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
        await Assertions.Expect(form.GetByLabel("Amount", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("Write a number with at most 2 decimals, such as 1234.56.");
        await Assertions.Expect(form.GetByRole(AriaRole.Checkbox)).ToHaveAccessibleDescriptionAsync("Check it, and tick that you mean it.");
        await form.GetByLabel("Amount", new() { Exact = true }).FillAsync("9999999");
        await form.GetByRole(AriaRole.Checkbox).CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
        await Assertions.Expect(form.GetByLabel("Amount", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("A refund cannot exceed what is unapplied of that receipt, in its currency.");
        await form.GetByLabel("Amount", new() { Exact = true }).FillAsync("1,000.00");
        await form.GetByRole(AriaRole.Checkbox).CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Recorded.");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Refund to the company" })).ToContainTextAsync("CNY 1,000.00");
        Assert.Equal(surplus - 1_000_00, (await Deal()).Receipts[^1].UnappliedMinor);

        var reversal = visit.Page.Locator("form").Filter(new() { HasText = "I have seen the bank" });
        await reversal.GetByLabel("Of which receipt").SelectOptionAsync("1");
        await reversal.GetByLabel("Amount", new() { Exact = true }).FillAsync("100");
        await reversal.GetByLabel("Reference of the movement back").FillAsync("R-1");
        await reversal.GetByLabel("Reason").FillAsync("returned by the bank");
        await reversal.GetByRole(AriaRole.Checkbox).CheckAsync();
        await reversal.GetByRole(AriaRole.Button, new() { Name = "Record the reversal" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Reversals and chargebacks, one by one" })).ToContainTextAsync("CNY 100.00");

        await using var company = await site.Visit($"{Agreement}/money", new Guise("en", As: site.Market.Company));
        Assert.Equal(403, company.Status);
    }

    private async Task<Agreement> Deal() => (await site.Market.Ask(Market.Administrator, new GetAgreement(site.Market.Late))).Value.Details;

    /// <summary>With the tabulator key alone.</summary>
    private static async Task TabTo(Visit visit, string? id, string? button = null)
    {
        const int Most = 80;
        for (var i = 0; i < Most; i++)
        {
            if (await visit.Page.EvaluateAsync<bool>("([id, text]) => document.activeElement.id === id || (text && document.activeElement.tagName === 'BUTTON' && document.activeElement.textContent.trim() === text)", new[] { id, button }))
            {
                return;
            }

            await visit.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not reach {id ?? button}.");
    }

    [GeneratedRegex("/Type /Page[^s]")]
    private static partial Regex PdfPage();
}
