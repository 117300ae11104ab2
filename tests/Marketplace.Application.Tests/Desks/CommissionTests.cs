using System.Text.Json;
using Marketplace.Application.Desks;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Licensing;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Application.Tests.Policy;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Desks;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;

public sealed class CommissionOnSqlite() : CommissionTests(OnSqlite);

public sealed class CommissionOnPostgres() : CommissionTests(OnPostgres);

/// <summary>A broker of 5 % knows what it is to get and what it has, can be paid on its own account, and reads no more of the laboratory's than that.</summary>
public abstract class CommissionTests(Func<Task<Database>> create) : PolicyTest(create)
{
    private const string BrokerCode = "99000000B00000001";

    private Principal broker = null!;

    /// <summary>100 000.00 less 3 % fee, and 5 % of that: 4 850.00; of 40 000.00 that are paid 1 940.00, and 2 910.00 of the rest.</summary>
    [Fact]
    public async Task What_it_is_to_get_turns_into_what_it_has()
    {
        var agreement = await Converted();
        Assert.Equal((Yuan(4_850_00), Yuan(0), 50_000), await Share());
        Assert.Empty((await Commission()).Sums);

        await ReceiveOnItsDay(agreement, 40_000_00);
        Assert.Equal((Yuan(2_910_00), Yuan(1_940_00), 50_000), await Share());
        Assert.Equal(new CommissionSums(Yuan(1_940_00), Yuan(0), Yuan(0)), Assert.Single((await Commission()).Sums));
        var overview = (await Engine.Door.Ask(TestEngine.Administrator, new GetSettlementOverview())).Value.Currencies.Single();
        Assert.Equal(Yuan(38_800_00), overview.Payable); // the broker's part is held for it as the laboratory's is
        Assert.Equal(overview.Payable, (await Engine.Door.Ask(TestEngine.Administrator, new GetSettlementFigure(SettlementFigure.Payable, Currency.Cny))).Value.Total);

        await Engine.Accept(Deal.Lab, new PayBroker(Guid.NewGuid(), agreement, CounterProvider.Counter, "cash"));
        Assert.Equal(new CommissionSums(Yuan(0), Yuan(1_940_00), Yuan(0)), Assert.Single((await Commission()).Sums));

        await Engine.Services.GetRequiredService<WorkOffIntents>().WorkOff($"agreement/{agreement}");
        Assert.Equal(new CommissionSums(Yuan(0), Yuan(0), Yuan(1_940_00)), Assert.Single((await Commission()).Sums));
        Assert.Equal((Yuan(2_910_00), Yuan(1_940_00), 50_000), await Share());
        Assert.Null((await Engine.Door.Ask(Deal.Lab, new GetDesk())).Value.Commission);
    }

    [Fact]
    public async Task It_reads_its_own_payout_and_none_of_the_laboratorys()
    {
        var agreement = await Converted();
        await ReceiveOnItsDay(agreement, 40_000_00);
        await Engine.Accept(Deal.Lab, new DistributeIncome(Guid.NewGuid(), agreement));
        await Engine.Accept(Deal.Lab, new PayLab(Guid.NewGuid(), agreement, CounterProvider.Counter, "cash"));
        await Engine.Accept(Deal.Lab, new PayBroker(Guid.NewGuid(), agreement, CounterProvider.Counter, "cash"));

        var read = (await Engine.Door.Ask(broker, new GetAgreement(agreement))).Value.Details;
        Assert.Equal(["broker"], read.Intents.Select(i => i.Payee));
        Assert.Equal(1_940_00, read.Receipts.Single().BrokerMinor);
        Assert.Equal(0, read.Receipts.Single().LabMinor);
        Assert.DoesNotContain(read.Balances.Keys, k => k.StartsWith("lab.payable", StringComparison.Ordinal) || k.StartsWith("inventor.", StringComparison.Ordinal));
        var timeline = (await Engine.Door.Ask(broker, new GetAgreementTimeline(agreement))).Value;
        Assert.Equal("broker", Assert.Single(timeline, e => e.Type == "payment-requested").Body.GetProperty("payee").GetString());
        Assert.Equal([-1_940_00, 1_940_00], timeline.SelectMany(e => e.Postings).Where(p => p.Account == ChartOfAccounts.BrokerPayable).Select(p => p.AmountMinor));
        Assert.DoesNotContain(timeline, e => e.Type == "income-distributed");

        var company = (await Engine.Door.Ask(Deal.Company, new GetAgreement(agreement))).Value.Details;
        Assert.Empty(company.Intents);
        Assert.Equal(0, company.Receipts.Single().BrokerMinor);
    }

    [Fact]
    public async Task The_laboratory_finds_its_account_once_it_is_verified_and_not_the_whole_number()
    {
        var agreement = await Converted();
        Assert.False((await Commission()).HasAccount);
        var account = PayoutAccountId.Wrap((await Engine.Accept(broker, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("示例技术经理人", "62170009", "示例银行")))).Id);
        Assert.True((await Commission()).HasAccount);
        Assert.Empty((await Engine.Door.Ask(Deal.Lab, new ListPayeeAccounts(agreement))).Value);

        await Engine.Accept(Administrator, new VerifyPayoutAccount(Guid.NewGuid(), account));
        Assert.Equal([new PayeeAccount(account, true, "示例技术经理人", "0009")], (await Engine.Door.Ask(Deal.Lab, new ListPayeeAccounts(agreement))).Value);
        Assert.Equal("not-found", (await Engine.Door.Ask(Deal.OtherLab, new ListPayeeAccounts(agreement))).Refusal?.Code);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Company, new ListPayeeAccounts(agreement))).Refusal?.Code);
    }

    private protected override void Add(IServiceCollection services) =>
        services.AddSingleton<IPaymentProvider, CounterProvider>().AddSingleton<IContractTemplates, BlankTemplates>();

    private async Task<AgreementId> Converted()
    {
        var code = AgreementTestDeal.Code(BrokerCode);
        await Deal.Open(AgreementTestDeal.Terms with
        {
            Template = new TemplateRef("tripartite-guarantee", 1, new string('0', 64),
                [new("thirdPartyRole", "broker"), new("thirdPartyName", "示例技术经理人"), new("thirdPartyUscc", code), new("brokerShare", "50000")]),
        });
        broker = await Deal.Register(OrganisationKind.Broker, ActorRole.Broker, BrokerCode);
        return await Deal.Convert(third: broker);
    }

    private async Task ReceiveOnItsDay(AgreementId agreement, long amountMinor)
    {
        var dueOn = (await Engine.Door.Ask(Administrator, new ListObligations(Agreement: agreement))).Value.Items.Single().Owed.DueOn;
        Deal.Sleep(dueOn.DayNumber - Deal.Today.DayNumber);
        await Engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", $"line of {agreement}", Yuan(amountMinor), Deal.Today));
    }

    private async Task<DeskCommission> Commission() => (await Engine.Door.Ask(broker, new GetDesk())).Value.Commission!;

    private async Task<(Money Expected, Money Received, long SharePpm)> Share()
    {
        var share = Assert.Single((await Commission()).Shares);
        return (share.Expected, share.Received, share.SharePpm);
    }

    /// <summary>Pays whoever is to be paid, at once.</summary>
    private sealed class CounterProvider : IPaymentProvider
    {
        public const string Counter = "counter";

        public string Name => Counter;

        public bool Offers(string method) => method == "cash";

        public Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default) =>
            Task.FromResult(new ProviderAnswer(IntentStatus.Succeeded, $"slip of {order.Intent}", order.Amount.AmountMinor));

        public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default) => Task.FromResult<ProviderAnswer?>(null);

        public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) => Task.FromResult<ProviderAnswer?>(null);
    }

    /// <summary>Takes any values for a template's, and writes no text for them.</summary>
    private sealed class BlankTemplates : IContractTemplates
    {
        public IReadOnlyList<TemplateDetails> Newest => [];

        public TemplateDetails? Find(string id, int? version = null) => null;

        public Result<AgreementTerms> Fill(string id, int? version, IReadOnlyDictionary<string, JsonElement> values) => Refusal.NotFound();

        public Refusal? Check(AgreementTerms terms) => null;

        public ContractDocument? Write(AgreementTerms terms, ContractFacts facts, bool inEnglish) => null;
    }
}
