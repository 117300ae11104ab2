using System.Text;
using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

/// <summary>Money in and out, by an administrator's hands. On a site of its own: what is paid here is paid nowhere else.</summary>
public sealed class BankTests(BankSite own) : IClassFixture<BankSite>
{
    private static readonly Principal Li = Principal.Whole(ActorRole.Administrator, null, "li");

    private readonly Site site = own.Site;

    [Fact]
    public async Task A_statement_is_uploaded_its_proposal_confirmed_by_keyboard_and_the_sum_is_paid()
    {
        var owed = (await Late()).Obligations.First(o => o.IsOpen && o.DueOn < site.Market.Today);
        await using var visit = await site.Visit("/bank/statements", new Guise("en", As: Market.Administrator));
        await Upload(visit, BankFile.Of(site.Market.Today, 1_000_00, (owed.OutstandingMinor, "示例储能公司", "许可费，补付")));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Its bookings are being recorded: 0 of 1.");
        await site.Market.Sweep();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Bookings recorded: 1, of which 1 new"); // the page has refreshed itself

        await visit.Go("/bank/lines");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "许可费，补付" });
        await Assertions.Expect(row).ToContainTextAsync("the same amount, the payer has the company’s name");
        await visit.TabTo(row.GetByRole(AriaRole.Button, new() { Name = "Confirm" }));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Confirmed and posted.");

        var rest = (await Late()).Obligations.Single(o => o.Number == owed.Number).OutstandingMinor;
        if (rest > 0) // another test of this site has let days pass: interest ran until the money came
        {
            await site.Market.Import(BankFile.Of(site.Market.Today, 2_000_00, (rest, "示例储能公司", "利息尾款")));
            await visit.Go("/bank/lines");
            await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "利息尾款" }).GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Confirmed and posted.");
        }

        await visit.Go($"/agreements/{site.Market.Late}");
        await Assertions.Expect(visit.Page.Locator($"#sum-{owed.Number}")).ToContainTextAsync("Paid");
        Assert.Equal(ObligationStatus.Paid, (await Late()).Obligations.Single(o => o.Number == owed.Number).Status);
    }

    [Fact]
    public async Task Sent_twice_a_confirmation_is_one_receipt()
    {
        await site.Market.Import(BankFile.Of(site.Market.Today, 3_000_00, (3_21, "某某公司", "寄两次")));
        await using var visit = await site.Visit("/bank/lines", new Guise("en", JavaScript: false, As: Market.Administrator));
        await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "寄两次" }).GetByRole(AriaRole.Link, new() { Name = "See to it" }).ClickAsync();
        var form = visit.Page.Locator("form").Filter(new() { HasText = "Or name an agreement" });
        var members = await form.Locator("input[type=hidden]").EvaluateAllAsync<string[][]>("inputs => inputs.map(i => [i.name, i.value])");
        for (var time = 0; time < 2; time++)
        {
            var sent = visit.Page.Context.APIRequest.CreateFormData();
            foreach (var member in members)
            {
                sent.Append(member[0], member[1]);
            }

            sent.Append("agreement", site.Market.Late.Value);
            var answer = await visit.Page.Context.APIRequest.PostAsync(visit.Where, new() { Form = sent, MaxRedirects = 0 });
            Assert.True(answer.Status == 302, $"{answer.Status} {await answer.TextAsync()}");
        }

        Assert.Single((await Late()).Receipts, r => r.Amount.AmountMinor == 3_21);
    }

    [Fact]
    public async Task A_file_that_does_not_add_up_is_refused_with_its_line_and_nothing_of_it_is_kept()
    {
        await using var visit = await site.Visit("/bank/statements", new Guise("en", As: Market.Administrator));
        var good = Encoding.UTF8.GetString(BankFile.Of(site.Market.Today, 0, (7_00, "甲", "x")));
        await Upload(visit, Encoding.UTF8.GetBytes(good.Replace(">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", ">7.01</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StringComparison.Ordinal)));
        await Assertions.Expect(visit.Page.GetByLabel("File (at most 96 MB)")).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("^Line \\d+: "));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Errors in the file" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await visit.FitsItsWindow();
        await visit.IsAccessible();
        await visit.Shoot("bank-refused");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("File (at most 96 MB)")).ToHaveAccessibleDescriptionAsync("Choose a file.");
    }

    [Fact]
    public async Task What_is_of_no_agreement_is_put_aside_with_a_reason_and_opened_again()
    {
        await using var visit = await site.Visit("/bank/lines", new Guise("en", JavaScript: false, As: Market.Administrator));
        await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Nothing shows whose money it is" }).First.GetByRole(AriaRole.Link, new() { Name = "See to it" }).ClickAsync();
        var reason = visit.Page.GetByLabel("Of no agreement? Say why");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "It is other business" }).ClickAsync();
        await Assertions.Expect(reason).ToHaveAttributeAsync("aria-invalid", "true");
        await visit.Page.GetByLabel("Or name an agreement by its id or address").FillAsync("nothing");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Post it as a receipt of this agreement" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Or name an agreement by its id or address")).ToHaveValueAsync("nothing");

        await reason.FillAsync("存款利息");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "It is other business" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is other business.");
        await visit.Page.GetByLabel("Reason").FillAsync("不是利息");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open it again" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is open again, and waits.");
    }

    [Fact]
    public async Task A_payment_needs_two_people_and_goes_into_one_file()
    {
        await using var first = await site.Visit("/bank/payments", new Guise("en", As: Market.Administrator));
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Verified" }).ClickAsync();
        await Assertions.Expect(first.Page.GetByText("The account is verified.")).ToBeVisibleAsync();
        await site.Market.OrderPayoutByBank();

        await first.Go("/bank/payments");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Assertions.Expect(first.Page.GetByText("You have approved it: another administrator has to.")).ToBeVisibleAsync();
        await Assertions.Expect(first.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true })).ToHaveCountAsync(0);
        foreach (var width in new[] { 1400, 390 })
        {
            await first.Page.SetViewportSizeAsync(width, 900);
            await first.FitsItsWindow();
            await first.IsAccessible();
            await first.Shoot($"bank-payments-{width}");
        }

        await using var second = await site.Visit("/bank/payments", new Guise("en", JavaScript: false, As: Li));
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Approve as the second" }).ClickAsync();
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Region, new() { Name = "Payments", Exact = true })).ToContainTextAsync("zhang, li");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Put what is approved into a file" }).ClickAsync();
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The file of payments is made");
        foreach (var (link, beginning) in new[] { ("pain.001", "<?xml"), ("CSV", "") })
        {
            var address = await second.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).GetAttributeAsync("href");
            var file = await second.Page.Context.APIRequest.GetAsync(address!);
            Assert.Equal(200, file.Status);
            Assert.Contains(beginning, await file.TextAsync());
        }

        Assert.Equal(BankPaymentStatus.Exported, (await site.Market.Ask(Li, new ListBankPayments())).Value.Items.Single().Status);
    }

    [Fact]
    public async Task A_parked_notice_is_worked_off_again()
    {
        await using var visit = await site.Visit("/provider-notices?status=Parked", new Guise("en", JavaScript: false, As: Market.Administrator));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Work it off again" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Work it off again" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("What was done about it")).ToHaveAttributeAsync("aria-invalid", "true");
        await visit.Page.GetByLabel("What was done about it").FillAsync("updated the version");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Work it off again" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The notice will be worked off again.");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Last).ToContainTextAsync("Waiting");
    }

    [Fact]
    public async Task A_mapping_of_columns_is_tried_mended_and_kept()
    {
        await using var visit = await site.Visit("/bank/mappings/new?bank=ABC", new Guise("en", JavaScript: false, As: Market.Administrator));
        await visit.Page.GetByLabel("Or: always this account").FillAsync(BankFile.Account);
        await visit.Page.GetByLabel("Or paste its first lines").FillAsync("交易时间,收入金额,支出金额,账户余额,对方户名,对方账号,交易用途,摘要\n2026-04-01 09:30:00,12.50,,12.50,甲公司,6217,货款,转账\n");
        await visit.Page.GetByLabel("Columns of the remittance").FillAsync("用途");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try it, keep nothing" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Or paste its first lines")).ToHaveAttributeAsync("aria-invalid", "true");
        await visit.Page.GetByLabel("Columns of the remittance").FillAsync("交易用途, 摘要");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try it, keep nothing" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Bookings read: 1. Nothing was recorded.");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Last).ToContainTextAsync("货款 转账");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The mapping of columns is kept.");
        await Assertions.Expect(visit.Page.GetByLabel("Columns of the remittance")).ToHaveValueAsync("交易用途, 摘要");
    }

    [Theory]
    [InlineData("/bank")]
    [InlineData("/bank/statements")]
    [InlineData("/bank/lines")]
    [InlineData("/bank/payments")]
    [InlineData("/bank/mappings")]
    [InlineData("/provider-notices")]
    public async Task It_is_for_administrators_only(string address)
    {
        await using var visit = await site.Visit(address, new Guise(As: site.Market.Company));
        Assert.Equal(403, visit.Status);
    }

    private async Task<Agreement> Late() => (await site.Market.Ask(Market.Administrator, new GetAgreement(site.Market.Late))).Value.Details;

    private static async Task Upload(Visit visit, byte[] file)
    {
        await visit.Page.GetByLabel("File (at most 96 MB)").SetInputFilesAsync(new FilePayload { Name = "statement.xml", MimeType = "application/xml", Buffer = file });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
    }

    /// <summary>By the key that everybody has.</summary>
}

/// <summary>A market that only the tests of banks change.</summary>
public sealed class BankSite : IAsyncLifetime
{
    public Site Site { get; } = new();

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
