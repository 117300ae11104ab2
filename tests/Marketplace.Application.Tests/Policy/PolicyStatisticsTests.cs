using Marketplace.Application.Policy;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Storage.Tests;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Policy;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;

public sealed class PolicyStatisticsOnSqlite() : PolicyStatisticsTests(OnSqlite);

public sealed class PolicyStatisticsOnPostgres() : PolicyStatisticsTests(OnPostgres);

/// <summary>Numbers by which a zone is judged are those that can be counted by hand.</summary>
public abstract class PolicyStatisticsTests(Func<Task<Database>> create) : PolicyTest(create)
{
    [Fact]
    public async Task Nothing_has_no_rate_and_no_days()
    {
        var none = await Statistics();
        Assert.Equal((0, null, null), (none.Total.Applied, none.Total.ConversionPpm, none.Total.DefaultPpm));
        Assert.Equal(new DaysTaken(0, 0, null, null, null), none.ToFirstDeal);
        Assert.Empty(none.Years);
    }

    [Fact]
    public async Task Agreements_are_counted_in_their_quarter_field_and_lab()
    {
        await Deal.Open();
        var listedOn = Deal.Today; // a public notice is over
        Deal.Sleep(10);
        var paid = await Deal.Convert();
        var effectiveOn = Deal.Today;
        await Deal.Apply(Deal.OtherCompany);
        Deal.Sleep(366);
        await Engine.Grains.GrainOf($"agreement/{paid}").Wake(DueWork.Obligations);
        var owed = (await Engine.Door.Ask(Administrator, new ListObligations(Agreement: paid))).Value.Items[0].Owed;
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), paid, "bank", "line 1", new Money(owed.OutstandingMinor, Currency.Cny), Deal.Today));

        var all = await Statistics();

        var expected = new Cohort(Applied: 2, InEffect: 1, Tried: 1, Returned: 0, Converted: 1, Invoiced: 1, Paid: 1, Late: 0, Defaulted: 0);
        Assert.Equal(expected, all.Total);
        Assert.Equal((1_000_000, 0), (all.Total.ConversionPpm, all.Total.DefaultPpm));
        var quarter = Assert.Single(all.Quarters);
        Assert.Equal((effectiveOn.Year, ((effectiveOn.Month - 1) / 3) + 1, expected), (quarter.Year, quarter.Quarter, quarter.Cohort));
        var field = Assert.Single(all.Fields);
        Assert.Equal(expected, field.Cohort);
        var lab = Assert.Single(all.Labs);
        Assert.Equal((Deal.Lab.Organisation, expected), (lab.Lab, lab.Cohort));
        Assert.Equal(new DaysTaken(1, 1, 10, 10, 10), lab.ToFirstDeal);
        Assert.Equal(effectiveOn.DayNumber - listedOn.DayNumber, all.ToFirstDeal.Median);
        Assert.Equal((2, 1, 1, 1), (all.Funnel.Applied, all.Funnel.Tried, all.Funnel.Converted, all.Funnel.Paid));

        var before = await Statistics(effectiveOn.Year - 1);
        Assert.Equal((0, 0), (before.Total.Applied, before.ToFirstDeal.Of));
        Assert.Equal([effectiveOn.Year], before.Years);
        Assert.Equal("statistics-year", (await Engine.Door.Ask(Administrator, new GetPolicyStatistics(1))).Refusal?.Code);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Lab, new GetPolicyStatistics())).Refusal?.Code);
    }

    [Fact]
    public async Task Who_does_not_pay_is_late_and_then_in_default()
    {
        await Deal.Open();
        var unpaid = await Deal.Convert();
        Deal.Sleep(380);
        await Engine.Grains.GrainOf($"agreement/{unpaid}").Wake(DueWork.Obligations);
        Assert.Equal((1, 1, 0), Late(await Statistics()));

        Deal.Sleep(60);
        await Engine.Grains.GrainOf($"agreement/{unpaid}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new ApproveEnforcementStep(Guid.NewGuid(), unpaid, 1, EnforcementStep.BreachNotice));

        var found = await Statistics();
        Assert.Equal((1, 1, 1), Late(found));
        Assert.Equal(1_000_000, found.Total.DefaultPpm);

        static (int, int, int) Late(PolicyStatistics found) => (found.Total.Invoiced, found.Total.Late, found.Total.Defaulted);
    }

    [Theory]
    [InlineData(new int[0], null)]
    [InlineData(new[] { 7 }, 7)]
    [InlineData(new[] { 30, 10 }, 10)]
    [InlineData(new[] { 30, 10, 20 }, 20)]
    [InlineData(new[] { 5, 5, 5, 90 }, 5)]
    public void The_median_is_the_lower_of_two_in_the_middle(int[] days, int? median)
    {
        Assert.Equal(median, DaysTaken.From(days.Select(d => (d, 1)), 9).Median);
        Assert.Equal(median, DaysTaken.From(days.GroupBy(d => d).Select(g => (g.Key, g.Count())), 9).Median);
    }

    private async Task<PolicyStatistics> Statistics(int? year = null) => (await Engine.Door.Ask(Administrator, new GetPolicyStatistics(year))).Value;
}
