using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Somebody stands by every report, an empty one says so, and invoices are kept beside reports.</summary>
public sealed class SalesAffirmationTests
{
    private static readonly SalesAffirmation By = Deals.Affirmation;

    [Fact]
    public void Nobody_reports_without_standing_by_it()
    {
        var story = FirstPeriodOver()
            .Refused("affirmation-missing", Deals.Company, new ReportSales(1, Deals.Yuan(100), []))
            .Refused("affirmation-missing", Deals.Company, new ReportSales(1, Deals.Yuan(100), [], Affirmation: By with { Position = " " }))
            .Refused("affirmation-missing", Deals.Company, new ReportSales(1, Deals.Yuan(100), [], Affirmation: By with { Name = new string('长', 101) }));
        Assert.Equal("affirmation.position", story.Ask(Deals.Company, new ReportSales(1, Deals.Yuan(100), [], Affirmation: By with { Position = "" }))?.Field);

        story.Do(Deals.Company, new ReportSales(1, Deals.Yuan(100), [], Affirmation: By));
        Assert.Equal(By, story.Last<SalesReported>().Affirmation);
        Assert.Equal(By, story.State.Reports[0].Statement!.Affirmation);
        story.Refused("affirmation-missing", Deals.Company, new CorrectSales(1, Deals.Yuan(90), [], "退货"))
            .Do(Deals.Company, new CorrectSales(1, Deals.Yuan(90), [], "退货", Affirmation: By with { Name = "示例乙" }));
        Assert.Equal(("示例乙", 1, 1), (story.State.Reports[0].Statement!.Affirmation!.Name, story.State.Reports[0].Corrections, story.State.Reports[0].CorrectedDown));
        story.Replays();
    }

    [Fact]
    public void No_sales_are_said_in_so_many_words_and_only_when_there_were_none()
    {
        var story = FirstPeriodOver(new UnitRoyalty("件", 5))
            .Refused("no-sales-not-affirmed", Deals.Company, new ReportSales(1, Deals.Yuan(0), [], Affirmation: By))
            .Refused("no-sales-with-figures", Deals.Company, new ReportSales(1, Deals.Yuan(1), [], Affirmation: By, NoSales: true))
            .Refused("no-sales-with-figures", Deals.Company, new ReportSales(1, Deals.Yuan(0), [], new OtherFigures(Units: 1), By, NoSales: true))
            .Do(Deals.Company, new ReportSales(1, Deals.Yuan(0), [], Affirmation: By, NoSales: true));
        story.Refused("no-sales-with-figures", Deals.Company, new CorrectSales(1, Deals.Yuan(5), [], "漏报", null, By, NoSales: true))
            .Do(Deals.Company, new CorrectSales(1, Deals.Yuan(0), [], "漏报", new OtherFigures(Units: 2), By)).Replays();
    }

    [Theory]
    [InlineData(1, "2025-06-02", "period-running")] // the period ends on 3 June
    [InlineData(2, "2025-06-03", "period-wrong")]
    [InlineData(0, "2025-06-03", "period-wrong")]
    public void Only_the_next_period_is_reported_and_only_once_it_is_over(int period, string today, string code) =>
        AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until(today).Refused(code, Deals.Company, new ReportSales(period, Deals.Yuan(100), [], Affirmation: By));

    [Fact]
    public void An_invoice_belongs_to_the_period_of_its_day_and_owes_nothing()
    {
        // Periods begin on 3 March, 3 June, 3 September.
        var story = FirstPeriodOver().Do(Deals.Lab, Invoice("1", "2025-06-02")).Do(Deals.Company, Invoice("2", "2025-06-03")).Until("2025-09-10").Do(Deals.Administrator, Invoice("3", "2025-09-03"));
        Assert.Equal([(1, Party.Lab), (2, Party.Company), (3, Party.None)], story.State.SalesEvidence.Select(e => (e.Period, e.By)));
        Assert.Empty(story.State.Obligations);

        story.Refused("invoice-known", Deals.Lab, Invoice("1", "2025-06-02"))
            .Refused("invoice-outside-periods", Deals.Lab, Invoice("4", "2025-03-02"))
            .Refused("invoice-outside-periods", Deals.Lab, Invoice("4", "2025-09-11"))
            .Refused("hash-malformed", Deals.Lab, Invoice("4", "2025-09-01") with { FileHash = new string('A', 64) })
            .Refused("amount-not-positive", Deals.Lab, Invoice("4", "2025-09-01") with { Amount = Deals.Yuan(0) })
            .Refused("text-missing", Deals.Lab, Invoice(" ", "2025-09-01"))
            .Refused("not-found", Deals.OtherLab, Invoice("4", "2025-09-01")).Replays();
    }

    private static RecordSalesEvidence Invoice(string number, string issuedOn) => new(number, Deals.Day(issuedOn), Deals.Yuan(50_000), new string('a', 64));

    private static AgreementStory FirstPeriodOver(params PaymentTrigger[] more) => AgreementStory.ConvertedOn("2025-03-03", [new RunningRoyalty(50_000), .. more]).Until("2025-06-03");
}
