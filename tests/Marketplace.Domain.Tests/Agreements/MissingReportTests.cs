using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>The ladder of a report that does not come: reminder, demand, and an estimate that the company can correct. Amounts in fen.</summary>
public sealed class MissingReportTests
{
    // Quarters from 3 March 2025; a report is due 30 days after its quarter, the second one on 3 October 2025.
    private static AgreementStory FirstReported(long netMinor) => AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000))
        .Until("2025-06-03").Do(Deals.Company, Deals.Report(1, Deals.Yuan(netMinor), [])).Until("2025-07-20").Pay(netMinor / 20);

    [Fact]
    public void It_is_reminded_of_demanded_and_then_estimated_by_the_highest_figures_so_far()
    {
        var story = FirstReported(1_000_000).Until("2025-11-17");
        Assert.Equal(
            [(SalesReportReminder.Missing, 2), (SalesReportReminder.Demanded, 2)],
            story.All<SalesReportReminded>().Select(r => (r.Reminder, r.Period)));

        // 45 days after 3 October: 17 November. 5 % of 1 000 000 = 50 000, due 30 days after the report was.
        var assessed = Assert.Single(story.All<SalesAssessed>());
        Assert.Equal((2, 1_000_000, Deals.Day("2025-11-17")), (assessed.Period, assessed.Net.AmountMinor, assessed.On));
        Assert.Equal((50_000, Deals.Day("2025-11-17")), (story.Owed(2).Principal.ChargedMinor, story.Owed(2).DueOn));
        Assert.True(story.State.Reports[1].IsEstimate);
        story.Replays();
    }

    [Fact]
    public void The_true_figures_replace_the_estimate_also_when_they_are_the_same()
    {
        var story = FirstReported(1_000_000).Until("2025-11-18").Do(Deals.Company, Deals.Correct(2, Deals.Yuan(400_000), [], "补报"));
        Assert.Equal((20_000, false), (story.Owed(2).Principal.OutstandingMinor, story.State.Reports[1].IsEstimate));

        FirstReported(1_000_000).Until("2025-11-18").Do(Deals.Company, Deals.Correct(2, Deals.Yuan(1_000_000), [], "补报"))
            .Refused("nothing-corrected", Deals.Company, Deals.Correct(2, Deals.Yuan(1_000_000), [], "再报")).Replays();
    }

    [Fact]
    public void Without_any_figures_an_administrator_estimates_it_once_it_was_demanded()
    {
        // The first report is due on 3 July 2025; nothing was ever reported, so the system has nothing to go by.
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until("2025-07-30")
            .Refused("report-may-come", Deals.Administrator, new AssessSales(1, Deals.Yuan(800_000), "增值税发票"))
            .Until("2025-12-01")
            .Refused("period-wrong", Deals.Administrator, new AssessSales(2, Deals.Yuan(800_000), "增值税发票"))
            .Refused("text-missing", Deals.Administrator, new AssessSales(1, Deals.Yuan(800_000), " "));
        Assert.Empty(story.All<SalesAssessed>());

        story.Do(Deals.Administrator, new AssessSales(1, Deals.Yuan(800_000), "增值税发票"));
        Assert.Equal(40_000, story.Owed().Principal.ChargedMinor);
        story.Replays();
    }

    [Fact]
    public void An_estimate_proves_no_milestone()
    {
        var terms = new PaymentTrigger[] { new RunningRoyalty(50_000), new Milestone(MilestoneKind.CumulativeNetSales, "销售报告", 300_000, 30, 1_500_000) };
        var story = AgreementStory.ConvertedOn("2025-03-03", terms).Until("2025-06-03").Do(Deals.Company, Deals.Report(1, Deals.Yuan(1_000_000), [])).Until("2025-11-18");
        Assert.Single(story.All<SalesAssessed>());
        Assert.Empty(story.All<TriggerConfirmed>());

        story.Do(Deals.Company, Deals.Correct(2, Deals.Yuan(500_000), [], "补报"));
        Assert.Single(story.All<TriggerConfirmed>());
        story.Replays();
    }
}
