using Marketplace.Application.Credit;
using Marketplace.Application.Policy;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Policy;
using Marketplace.Storage.Tests;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Policy;

public sealed class AnomaliesOnSqlite() : AnomalyTests(OnSqlite);

public sealed class AnomaliesOnPostgres() : AnomalyTests(OnPostgres);

/// <summary>The read table has what the rules compare, on either database; what is found is for administrators only.</summary>
public abstract class AnomalyTests(Func<Task<Database>> create) : PolicyTest(create)
{
    [Fact]
    public async Task Small_contracts_of_the_same_parties_on_the_same_result_are_shown_with_their_numbers()
    {
        // CNY 2 000 000.00 each, below the CNY 3 000 000.00 that need no assessment, together above.
        await Deal.Open(AgreementTestDeal.Terms with { Payments = [new DeferredLumpSum(2_000_000_00, 12, PayDateRule.Earlier)] });
        await Engine.Accept(Administrator, new SetExposureLimit(Guid.NewGuid(), Deal.Company.Organisation!.Value, Yuan(5_000_000_00), "示例额度"));
        var first = await Deal.Convert();
        await Deal.Convert(Deal.OtherCompany);
        await Deal.Apply(); // not in effect: nobody looks at it
        Deal.Sleep(30);
        var second = await Deal.Convert();

        var report = (await Engine.Door.Ask(Administrator, new ListAnomalyFlags())).Value;

        Assert.Equal(3, report.Examined);
        var flag = Assert.Single(report.Flags);
        Assert.Equal((AnomalyKind.SplitContract, first, Deal.Lab.Organisation, Deal.Company.Organisation), (flag.Kind, flag.Agreement, flag.Lab, flag.Company));
        Assert.Equal([second], flag.Others);
        Assert.Equal(["contracts 2", "days 30", "sumMinor 400000000", "limitMinor 300000000"], flag.Numbers.Select(n => $"{n.Name} {n.Value}"));
        Assert.NotEmpty(report.NotExamined);
        Assert.Equal(new[] { first, second }.ToHashSet(), report.Subjects.Keys.ToHashSet());
        Assert.All(report.Subjects.Values, s => Assert.Equal("Example result", s.ResultTitle.En));
        Assert.Empty((await Engine.Door.Ask(Administrator, new ListAnomalyFlags(AnomalyKind.SameBody))).Value.Flags);
    }

    [Fact]
    public async Task A_royalty_and_sales_before_a_threshold_come_through_the_read_table()
    {
        await Deal.Open(AgreementTestDeal.Terms with
        {
            Payments = [new RunningRoyalty(30_000), new Milestone(MilestoneKind.CumulativeNetSales, "报表", 50_000_00, 30, 400_000_00)],
            Reporting = new SalesReporting(1, 30, 30),
        });
        var agreement = await Deal.Convert();
        foreach (var (period, netMinor) in new[] { (1, 100_000_00L), (2, 120_000_00L), (3, 140_000_00L), (4, 10_000_00L) })
        {
            Deal.Sleep(31);
            await Engine.Accept(Deal.Company, new Application.Agreements.ReportSales(Guid.NewGuid(), agreement, period, Yuan(netMinor), [], Affirmation: new SalesAffirmation("陈示例", "财务总监")));
        }

        var flag = Assert.Single((await Engine.Door.Ask(Administrator, new ListAnomalyFlags())).Value.Flags);
        Assert.Equal(AnomalyKind.SalesFallNearThreshold, flag.Kind);
        Assert.Equal(
            ["usualNetMinor 12000000", "lastNetMinor 1000000", "reachedMinor 37000000", "thresholdMinor 40000000"], flag.Numbers.Select(n => $"{n.Name} {n.Value}"));
    }

    [Fact]
    public async Task Nobody_is_told_of_a_flag_but_administrators()
    {
        await Deal.Open();
        foreach (var reader in new[] { Deal.Lab, Deal.Company })
        {
            Assert.Equal("role-not-allowed", (await Engine.Door.Ask(reader, new ListAnomalyFlags())).Refusal?.Code);
        }
    }
}
