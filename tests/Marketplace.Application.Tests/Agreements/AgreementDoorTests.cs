using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Agreements;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;

/// <summary>From the door to the journal and back through the read tables.</summary>
public sealed class AgreementDoorTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;
    private AgreementTestDeal deal = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, time: time, configure: services => services.AddSingleton<IPaymentProvider, PaperProvider>());
        deal = await new AgreementTestDeal(engine, time).Open();
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task Money_that_arrives_is_shared_and_every_page_shows_the_same_sums()
    {
        var agreement = await deal.Convert();
        deal.Sleep(366);
        await engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", Yuan(100_500_00), deal.Today.AddDays(-3)));
        await engine.Accept(deal.Lab, new DistributeIncome(Guid.NewGuid(), agreement));
        await engine.Accept(deal.Lab, new PayLab(Guid.NewGuid(), agreement, "paper", "cheque"));

        // 100 000.00 allocated, 3 % fee: 97 000.00 net; half of it, 48 500.00, to the inventors, 3 : 1; 500.00 unapplied.
        var overview = (await engine.Door.Ask(Administrator, new GetSettlementOverview())).Value;
        var yuan = Assert.Single(overview.Currencies);
        Assert.Equal(Yuan(100_500_00), yuan.Received);
        Assert.Equal(Yuan(100_000_00), yuan.Invoiced);
        Assert.Equal(Yuan(0), yuan.Receivable);
        Assert.Equal(Yuan(3_000_00), yuan.PlatformFee);
        Assert.Equal(Yuan(500_00), yuan.Unapplied);
        Assert.Equal(Yuan(48_500_00), yuan.Payable); // the inventors' part; the lab's own is on its way
        Assert.Equal(Yuan(0), yuan.PaidOut);
        Assert.Equal(0, overview.Accounts.Sum(a => a.BalanceMinor));
        Assert.Equal(1, overview.OpenIntents[IntentStatus.Requested]);
        Assert.Equal(1, overview.Agreements[AgreementState.Settled]);

        var owed = Assert.Single((await engine.Door.Ask(deal.Company, new ListObligations())).Value.Items).Owed;
        Assert.Equal((ObligationStatus.Paid, 100_000_00L, 0L), (owed.Status, owed.AllocatedMinor, owed.OutstandingMinor));
        var intent = Assert.Single((await engine.Door.Ask(Administrator, new ListPaymentIntents(IsOpen: true))).Value.Items);
        Assert.Equal((IntentKind.Payout, 48_500_00L, "lab"), (intent.Kind, intent.AmountMinor, intent.Payee));
    }

    [Fact]
    public async Task Overdue_sums_age_and_hold_new_applications_until_they_are_paid()
    {
        var agreement = await deal.Convert();
        deal.Sleep(366 + 32);
        await engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);

        var overview = (await engine.Door.Ask(Administrator, new GetSettlementOverview())).Value;
        var late = Assert.Single(Assert.Single(overview.Currencies).Overdue, b => b.Obligations > 0);
        Assert.Equal((30, 59), (late.FromDays, late.ToDays));
        Assert.Equal("applications-held", await engine.Refuse(deal.Company, new ApplyForTrial(Guid.NewGuid(), deal.Offer)));
        await deal.Apply(deal.OtherCompany); // who owes nothing may

        var open = Assert.Single((await engine.Door.Ask(deal.Company, new ListObligations(ObligationStatus.Overdue))).Value.Items).Owed.OutstandingMinor;
        await engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", Yuan(open + 1_000_00), deal.Today));
        await deal.Apply();
    }

    [Fact]
    public async Task An_agreement_of_others_is_not_there()
    {
        var agreement = await deal.Convert();
        foreach (var stranger in new[] { deal.OtherCompany, deal.OtherLab })
        {
            Assert.Equal("not-found", (await engine.Door.Ask(stranger, new GetAgreement(agreement))).Refusal?.Code);
            Assert.Equal("not-found", (await engine.Door.Ask(stranger, new GetAgreementTimeline(agreement))).Refusal?.Code);
            Assert.Empty((await engine.Door.Ask(stranger, new ListAgreements())).Value.Items);
            Assert.Empty((await engine.Door.Ask(stranger, new ListObligations())).Value.Items);
            Assert.Equal("not-found", await engine.Refuse(stranger, new OpenDispute(Guid.NewGuid(), agreement, [new ContestedSum(1, 1)], "不符")));
        }

        Assert.Equal("not-found", await engine.Refuse(deal.OtherCompany, new ConvertLicence(Guid.NewGuid(), agreement)));
        Assert.Equal("role-not-allowed", (await engine.Door.Ask(deal.Company, new GetSettlementOverview())).Refusal?.Code);
    }

    [Fact]
    public async Task How_the_lab_shares_its_income_is_hidden_from_the_company_only()
    {
        var agreement = await deal.Convert();
        deal.Sleep(366);
        await engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", Yuan(100_000_00), deal.Today));
        await engine.Accept(deal.Lab, new DistributeIncome(Guid.NewGuid(), agreement));
        await engine.Accept(deal.Lab, new PayInventor(Guid.NewGuid(), agreement, 1, "paper", "cheque"));
        await engine.Accept(deal.Lab, new ObjectToDistribution(Guid.NewGuid(), agreement, 2, "贡献未计全", Receipt: 1));
        await engine.Accept(deal.Lab, new AnswerDistributionObjection(Guid.NewGuid(), agreement, 1, IsUpheld: false, "已核对"));
        await engine.Accept(deal.Lab, new ChangeInventorSplit(Guid.NewGuid(), agreement, new InventorSplit(600_000, [new("示例甲", 500_000), new("示例乙", 500_000)])));

        var labs = (await engine.Door.Ask(deal.Lab, new GetAgreementTimeline(agreement))).Value;
        var companys = (await engine.Door.Ask(deal.Company, new GetAgreementTimeline(agreement))).Value;
        string[] hidden = ["income-distributed", "payment-requested", "distribution-objected", "distribution-objection-answered", "inventor-split-changed"];
        Assert.Equal(labs.Select(e => e.Type).Except(hidden), companys.Select(e => e.Type).Distinct());
        Assert.DoesNotContain("示例甲", string.Concat(companys.Select(e => e.Body.GetRawText())), StringComparison.Ordinal);
        Assert.DoesNotContain(companys.SelectMany(e => e.Postings), p => p.Account == ChartOfAccounts.LabUndistributed);
        Assert.Contains("示例甲", labs[0].Body.GetRawText(), StringComparison.Ordinal);

        var seen = (await engine.Door.Ask(deal.Company, new GetAgreement(agreement))).Value.Details;
        Assert.Empty(seen.Inventors.Inventors);
        Assert.Empty(seen.Intents);
        Assert.Empty(seen.Objections);
        Assert.Empty(seen.IncomeMinor);
        Assert.Equal(1, seen.SplitVersion);
        Assert.All(seen.Receipts, r => Assert.Null(r.SplitVersion));
        Assert.DoesNotContain(seen.Balances.Keys, key => key.StartsWith("inventor", StringComparison.Ordinal) || key.StartsWith("lab.payable", StringComparison.Ordinal));
        Assert.NotEmpty((await engine.Door.Ask(deal.Lab, new GetAgreement(agreement))).Value.Details.Intents);
    }

    [Fact]
    public async Task An_inventors_statement_is_the_labs_and_equals_the_books()
    {
        var agreement = await deal.Convert();
        deal.Sleep(366);
        await engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", Yuan(100_000_00), deal.Today));
        await engine.Accept(deal.Lab, new DistributeIncome(Guid.NewGuid(), agreement));
        await engine.Accept(deal.Lab, new ObjectToDistribution(Guid.NewGuid(), agreement, 1, "贡献未计全", Receipt: 1));
        Assert.Equal("distribution-objected", await engine.Refuse(deal.Lab, new PayInventor(Guid.NewGuid(), agreement, 1, "paper", "cheque")));
        await engine.Accept(deal.Lab, new PayInventor(Guid.NewGuid(), agreement, 2, "paper", "cheque"));

        foreach (var reader in new[] { deal.Lab, Administrator })
        {
            // 97 000.00 net, half of it to the inventors, 3 : 1.
            var statement = (await engine.Door.Ask(reader, new GetInventorStatement(agreement, deal.Today.Year))).Value;
            Assert.Equal([(Yuan(36_375_00), true), (Yuan(0), false)], statement.Inventors.Select(i => (i.Payable, i.IsHeld)));
            Assert.Equal(Yuan(12_125_00), statement.Inventors[1].OnItsWay);
        }

        Assert.Equal("role-not-allowed", (await engine.Door.Ask(deal.Company, new GetInventorStatement(agreement))).Refusal?.Code);
        Assert.Equal("not-found", (await engine.Door.Ask(deal.OtherLab, new GetInventorStatement(agreement))).Refusal?.Code);
        Assert.Equal("not-found", (await engine.Door.Ask(deal.Company with { Role = ActorRole.Lab }, new GetInventorStatement(agreement))).Refusal?.Code);
        Assert.Equal("not-found", await engine.Refuse(deal.OtherLab, new ObjectToDistribution(Guid.NewGuid(), agreement, 1, "不符")));
        Assert.Equal("role-not-allowed", await engine.Refuse(deal.Company, new AnswerDistributionObjection(Guid.NewGuid(), agreement, 1, true, "不符")));
    }

    [Fact]
    public async Task Applying_again_under_the_same_id_returns_the_first_answer_even_when_the_offer_is_gone()
    {
        var request = new ApplyForTrial(Guid.NewGuid(), deal.Offer);
        var first = await engine.Accept(deal.Company, request);
        await engine.Accept(deal.Lab, new WithdrawOffer(Guid.NewGuid(), deal.Offer, "改价"));
        Assert.Equal(first, await engine.Accept(deal.Company, request));
        Assert.Equal("offer-not-open", await engine.Refuse(deal.Company, request with { CommandId = Guid.NewGuid() }));
    }

    [Fact]
    public async Task Only_verified_companies_apply()
    {
        await engine.Accept(Administrator, new SuspendOrganisation(Guid.NewGuid(), deal.Company.Organisation!.Value, "材料过期"));
        Assert.Equal("company-not-verified", await engine.Refuse(deal.Company, new ApplyForTrial(Guid.NewGuid(), deal.Offer)));
        var labAsCompany = deal.Lab with { Role = ActorRole.Company };
        Assert.Equal("company-not-verified", await engine.Refuse(labAsCompany, new ApplyForTrial(Guid.NewGuid(), deal.Offer)));
        Assert.Equal("not-found", await engine.Refuse(deal.Company, new ApplyForTrial(Guid.NewGuid(), DerivedId.From<OfferId>("none"))));
    }

    [Fact]
    public async Task Nobody_pays_through_a_provider_that_is_not_in_use()
    {
        var agreement = await deal.Convert();
        Assert.Equal("provider-unknown", await engine.Refuse(deal.Company, new AuthoriseCollection(Guid.NewGuid(), agreement, "stripe", "card")));
        Assert.Equal("method-unknown", await engine.Refuse(deal.Company, new AuthoriseCollection(Guid.NewGuid(), agreement, "paper", "card")));
        await engine.Accept(deal.Company, new AuthoriseCollection(Guid.NewGuid(), agreement, "paper", "cheque"));
    }

    [Fact]
    public async Task Lists_are_paged_without_a_gap_or_a_repetition()
    {
        for (var i = 0; i < 5; i++)
        {
            await deal.Convert(i % 2 == 0 ? deal.Company : deal.OtherCompany);
        }

        var agreements = await All(after => new ListAgreements(After: after, Limit: 2), a => a.Agreement.Value);
        var obligations = await All(after => new ListObligations(After: after, Limit: 2), o => o.Owed.Agreement);
        Assert.Equal(5, agreements.Distinct().Count());
        Assert.Equal(agreements, obligations);
        Assert.Equal("after-malformed", (await engine.Door.Ask(Administrator, new ListObligations(After: "x"))).Refusal?.Code);
        Assert.Equal("limit-out-of-range", (await engine.Door.Ask(Administrator, new ListObligations(Limit: 0))).Refusal?.Code);
    }

    [Fact]
    public async Task What_comes_next_is_said_in_the_order_of_its_dates()
    {
        var agreement = await deal.Convert();
        var upcoming = (await engine.Door.Ask(deal.Company, new GetAgreement(agreement))).Value.Upcoming;
        Assert.Equal([UpcomingKind.PaymentDue, UpcomingKind.LicenceEnds], upcoming.Select(u => u.Kind));
        Assert.Equal(Yuan(100_000_00), upcoming[0].Amount);
    }

    private async Task<List<string>> All<TRow>(Func<string?, IQuery<Page<TRow>>> query, Func<TRow, string> key)
    {
        var found = new List<string>();
        string? after = null;
        do
        {
            var page = (await engine.Door.Ask(Administrator, query(after))).Value;
            found.AddRange(page.Items.Select(key));
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    private static Money Yuan(long amountMinor) => new(amountMinor, Currency.Cny);

    /// <summary>Knows one way to pay, and is never asked to.</summary>
    private sealed class PaperProvider : IPaymentProvider
    {
        public string Name => "paper";

        public bool Offers(string method) => method == "cheque";

        public Task<ProviderAnswer> Send(PaymentOrder order, CancellationToken cancel = default) => throw new InvalidOperationException("Nobody sends here.");

        public Task<ProviderAnswer?> LookUp(PaymentOrder order, CancellationToken cancel = default) => throw new InvalidOperationException("Nobody asks here.");

        public Task<ProviderAnswer?> Cancel(PaymentOrder order, CancellationToken cancel = default) => throw new InvalidOperationException("Nobody cancels here.");
    }
}
