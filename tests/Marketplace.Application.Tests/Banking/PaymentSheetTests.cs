using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Banking;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;

/// <summary>What somebody is told who pays by transfer: to whom, how much today, under which reference.</summary>
public sealed class PaymentSheetTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;
    private AgreementTestDeal deal = null!;
    private AgreementId agreement;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, time: time);
        deal = await new AgreementTestDeal(engine, time).Open();
        agreement = await deal.Convert();
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task It_names_an_open_account_of_the_currency_the_amount_and_a_reference_that_finds_the_agreement()
    {
        var dollars = await Register("62220002", Currency.Parse("USD").Value);
        var closed = await Register("62220003", Currency.Cny);
        await engine.Accept(Administrator, new CloseBankAccount(Guid.NewGuid(), closed, "销户"));
        Assert.Null((await Sheet()).Account);

        await Register("62220001", Currency.Cny);
        var sheet = await Sheet();
        Assert.Equal(new BankAccount("示例平台", "62220001", "示例银行"), sheet.Account);
        Assert.NotEqual(dollars, closed);
        Assert.Equal(new Money(100_000_00, Currency.Cny), sheet.Total);
        var reference = RemittanceReference.Parse(sheet.Reference.Grouped, "reference").Value;
        Assert.Equal((RemittanceReference.CodeOf(agreement), 1), (reference.PaymentCode, reference.Obligation));
    }

    [Fact]
    public async Task A_late_sum_is_owed_with_the_interest_of_today_and_paying_that_settles_it()
    {
        deal.Sleep(366 + 10);
        await engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await engine.Accept(Administrator, new ChargeEnforcementCost(Guid.NewGuid(), agreement, 1, new Money(50_00, Currency.Cny), "公证费"));
        var before = await Sheet();
        deal.Sleep(5); // nobody has looked since

        var sheet = await Sheet();
        var sum = Assert.Single(sheet.Sums);
        Assert.Equal((100_000_00L, 50_00L), (sum.Principal.AmountMinor, sum.Costs.AmountMinor));
        Assert.True(sum.Interest > before.Sums[0].Interest, $"{sum.Interest} after {before.Sums[0].Interest}");
        Assert.Equal(sum.Principal + sum.Interest + sum.Costs, sheet.Total);

        await engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "a line", sheet.Total, deal.Today));
        var details = (await engine.Door.Ask(deal.Company, new GetAgreement(agreement))).Value.Details;
        Assert.Equal((ObligationStatus.Paid, 0L), (details.Obligations[0].Status, details.Receipts[0].UnappliedMinor));
        sum = Assert.Single((await Sheet()).Sums);
        Assert.Equal((ObligationStatus.Paid, true), (sum.Status, sum.Total.IsZero));
    }

    [Fact]
    public async Task What_is_disputed_need_not_be_paid_now()
    {
        await engine.Accept(deal.Lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await engine.Accept(deal.Company, new OpenDispute(Guid.NewGuid(), agreement, [new ContestedSum(1, 30_000_00)], "不符"));
        var sum = Assert.Single((await Sheet()).Sums);
        Assert.Equal((70_000_00L, 30_000_00L), (sum.Total.AmountMinor, sum.Contested.AmountMinor));
    }

    [Theory]
    [InlineData("visitor", "sign-in-required")]
    [InlineData("lab", "role-not-allowed")]
    [InlineData("other company", "not-found")]
    [InlineData("a guarantor of nothing", "not-found")]
    [InlineData("company", "")]
    [InlineData("administrator", "")]
    public async Task It_is_for_whoever_pays(string asker, string code)
    {
        var principal = asker switch
        {
            "visitor" => Principal.Visitor,
            "lab" => deal.Lab,
            "other company" => deal.OtherCompany,
            "a guarantor of nothing" => deal.OtherCompany with { Role = ActorRole.Guarantor },
            "company" => deal.Company,
            _ => Administrator,
        };
        Assert.Equal(code, (await engine.Door.Ask(principal, new GetPaymentSheet(agreement, [1]))).Refusal?.Code ?? "");
    }

    [Fact]
    public async Task A_sum_that_is_not_there_has_no_sheet()
    {
        Assert.Equal("not-found", (await engine.Door.Ask(deal.Company, new GetPaymentSheet(agreement, [1, 2]))).Refusal?.Code);
        Assert.Equal("not-found", (await engine.Door.Ask(deal.Company, new GetPaymentSheet(agreement, [0]))).Refusal?.Code);
        Assert.Equal("obligations-missing", (await engine.Door.Ask(deal.Company, new GetPaymentSheet(agreement, []))).Refusal?.Code);
        Assert.Single((await engine.Door.Ask(deal.Company, new GetPaymentSheet(agreement, [1, 1]))).Value.Sums);
    }

    private async Task<PaymentSheet> Sheet() => (await engine.Door.Ask(deal.Company, new GetPaymentSheet(agreement, [1]))).Value;

    private async Task<BankAccountId> Register(string number, Currency currency) => BankAccountId.Wrap((await engine.Accept(
        Administrator, new RegisterBankAccount(Guid.NewGuid(), new BankAccount("示例平台", number, "示例银行"), currency))).Id);
}
