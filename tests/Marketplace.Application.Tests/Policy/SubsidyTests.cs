using Marketplace.Application.Grains;
using Marketplace.Application.Credit;
using Marketplace.Application.Policy;
using Marketplace.Application.Reads;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Storage.Tests;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Policy;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

public sealed class SubsidiesOnSqlite() : SubsidyTests(OnSqlite);

public sealed class SubsidiesOnPostgres() : SubsidyTests(OnPostgres);

/// <summary>The yearly reward is a rate of what the ledger says was received in the year, and is shown to nobody else.</summary>
public abstract class SubsidyTests(Func<Task<Database>> create) : PolicyTest(create)
{
    [Fact]
    public async Task Every_year_has_what_was_allocated_in_it_and_the_years_sum_to_the_ledger()
    {
        await Deal.Open();
        var early = await Deal.Convert();
        var late = await Deal.Convert(Deal.OtherCompany);
        await PayOnTheDueDate(early, 100_500_00); // 500.00 too much: surplus is no income, kept or refunded
        await PayOnTheDueDate(late, 40_000_00, sleep: 0);
        Deal.Sleep(365);
        await Engine.Grains.GrainOf($"agreement/{late}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), late, "bank", "line 2", Yuan(60_000_00), Deal.Today));
        await Engine.Accept(Administrator, new RefundUnapplied(Guid.NewGuid(), early, 1, Yuan(500_00), "paper", "cheque"));

        var of2026 = await Subsidies(2026);
        var of2027 = await Subsidies(2027);
        var of2028 = await Subsidies(2028);

        // 3 % fee: 97 000.00 + 38 800.00 in 2027, 58 200.00 in 2028; 10 % of each.
        Assert.Empty(of2026.Labs);
        var first = Assert.Single(of2027.Labs);
        Assert.Equal((Yuan(135_800_00), Yuan(13_580_00), 2, false), (first.Subsidy.Received, first.Subsidy.Amount, first.Agreements, of2027.IsSoFar));
        var second = Assert.Single(of2028.Labs);
        Assert.Equal((Yuan(58_200_00), Yuan(5_820_00), 1, true), (second.Subsidy.Received, second.Subsidy.Amount, second.Agreements, of2028.IsSoFar));
        Assert.Equal(("示例91350100M000100Y43", Deal.Lab.Organisation), (first.LabName.Zh, first.Lab));

        var books = (await Engine.Door.Ask(Administrator, new GetSettlementOverview())).Value.Accounts;
        Assert.Equal(-books.Single(a => a.Account == ChartOfAccounts.LabUndistributed).BalanceMinor, (of2027.Received + of2028.Received).AmountMinor);
    }

    [Fact]
    public async Task A_lab_sees_its_own_and_nobody_elses()
    {
        await Deal.Open();
        await PayOnTheDueDate(await Deal.Convert(), 100_000_00);

        var own = await Engine.Door.Ask(Deal.Lab, new GetSubsidies(2027));
        Assert.Equal(Yuan(9_700_00), own.Value.Amount);
        Assert.Equal(Yuan(9_700_00), (await Subsidies(2027, Deal.Lab.Organisation)).Amount);
        Assert.Equal(Yuan(0), Assert.Single((await Subsidies(2026, Deal.Lab.Organisation)).Labs).Subsidy.Amount); // asked for by name: nothing is an answer

        Assert.Equal("not-found", (await Engine.Door.Ask(Deal.OtherLab, new GetSubsidies(2027, Deal.Lab.Organisation))).Refusal?.Code);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Company, new GetSubsidies(2027))).Refusal?.Code);
        Assert.Equal("not-found", (await Engine.Door.Ask(Administrator, new GetSubsidies(2027, Deal.OtherLab.Organisation))).Refusal?.Code); // never registered
        Assert.Equal("not-found", (await Engine.Door.Ask(Administrator, new GetSubsidies(2027, Deal.Company.Organisation))).Refusal?.Code); // owns nothing
        Assert.Equal("subsidy-year", (await Engine.Door.Ask(Administrator, new GetSubsidies(2028))).Refusal?.Code);
    }

    [Fact]
    public async Task Only_yuan_count()
    {
        await Deal.Open(AgreementTestDeal.Terms with { Currency = Currency.Parse("USD").Value });
        await Engine.Accept(Administrator, new SetExposureLimit(Guid.NewGuid(), Deal.Company.Organisation!.Value, new Money(100_000_00, Currency.Parse("USD").Value), "示例额度"));
        var agreement = await Deal.Convert();
        Deal.Sleep(366);
        await Engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", new Money(100_000_00, Currency.Parse("USD").Value), Deal.Today));

        Assert.Empty((await Subsidies(2027)).Labs);
    }

    private async Task PayOnTheDueDate(AgreementId agreement, long amountMinor, int sleep = 365)
    {
        Deal.Sleep(sleep);
        await Engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", Yuan(amountMinor), Deal.Today));
    }

    private async Task<SubsidyOverview> Subsidies(int year, OrganisationId? lab = null) =>
        (await Engine.Door.Ask(Administrator, new GetSubsidies(year, lab))).Value;
}
