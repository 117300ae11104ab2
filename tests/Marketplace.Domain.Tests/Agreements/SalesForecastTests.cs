using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What the company expects to sell: of which periods it can still be said, and when it is refused.</summary>
public sealed class SalesForecastTests
{
    [Fact]
    public void Before_the_conversion_a_forecast_holds_from_the_first_period()
    {
        var story = AgreementStory.StartsOn("2025-03-03").Apply(Deals.Terms(new RunningRoyalty(50_000)))
            .Refused("agreement-state", Deals.Company, Of(100))
            .Sign().Do(Deals.Company, Of(100))
            .Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料")).Do(Deals.Company, new AcceptDelivery())
            .Until("2025-05-05").Do(Deals.Company, Of(0));
        Assert.Equal([(1, 100), (1, 0)], story.State.Forecasts.Select(f => (f.FromPeriod, f.NetMinor)));
        // Of two for one period the later one counts.
        Assert.Equal(0, story.State.ForecastOf(1)!.NetMinor);
        Assert.Equal(Deals.Day("2025-05-05"), story.Last<SalesForecast>().On);
        Assert.Empty(story.State.Obligations);
        story.Replays();
    }

    [Theory]
    // Periods begin on 3 March, 3 June, 3 September.
    [InlineData("2025-03-03", 2)]
    [InlineData("2025-06-02", 2)]
    [InlineData("2025-06-03", 3)]
    [InlineData("2025-09-02", 3)]
    public void After_the_conversion_it_holds_from_the_first_period_that_begins_after_its_day(string day, int fromPeriod)
    {
        var story = Converted().Until(day).Do(Deals.Company, Of(100));
        Assert.Equal(fromPeriod, story.Last<SalesForecast>().FromPeriod);
        Assert.Null(story.State.ForecastOf(fromPeriod - 1));
        Assert.Equal(story.State.Forecasts[0], story.State.ForecastOf(fromPeriod));
        Assert.Equal(story.State.Forecasts[0], story.State.ForecastOf(12));
        story.Replays();
    }

    [Fact]
    public void Without_a_period_ahead_there_is_nothing_to_forecast()
    {
        // Three years of quarters: the twelfth begins on 3 December 2027.
        Assert.Equal(12, Converted().Until("2027-12-02").Do(Deals.Company, Of(100)).Last<SalesForecast>().FromPeriod);
        Converted().Until("2027-12-03").Refused("no-period-ahead", Deals.Company, Of(100));
        Converted(new BuyOut([new(12, 1_000)], 30)).Do(Deals.Company, new ElectBuyOut()).Refused("no-period-ahead", Deals.Company, Of(100));
        AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Refused("no-reports", Deals.Company, Of(100));
    }

    [Fact]
    public void Only_a_new_amount_in_the_currency_of_the_agreement_is_a_forecast()
    {
        var story = Converted().Do(Deals.Company, Of(AgreementTerms.MaxAmountMinor))
            .Refused("amount-out-of-range", Deals.Company, Of(AgreementTerms.MaxAmountMinor + 1))
            .Refused("amount-out-of-range", Deals.Company, Of(-1))
            .Refused("currency-differs", Deals.Company, new ForecastSales(new Money(100, Currency.Parse("JPY").Value)))
            .Refused("currency-differs", Deals.Company, new ForecastSales(default))
            .Refused("forecast-unchanged", Deals.Company, Of(AgreementTerms.MaxAmountMinor))
            .Refused("not-your-part", Deals.Lab, Of(100))
            .Refused("not-found", Deals.OtherCompany, Of(100));
        // In the next period it holds still: said again, nothing changes.
        story.Until("2025-06-03").Refused("forecast-unchanged", Deals.Company, Of(AgreementTerms.MaxAmountMinor));
        Assert.Single(story.State.Forecasts);
    }

    [Fact]
    public void A_hundred_forecasts_are_enough()
    {
        var story = Converted();
        for (var i = 1; i <= 100; i++)
        {
            story.Do(Deals.Company, Of(i));
        }

        story.Refused("forecasts-too-many", Deals.Company, Of(101)).Replays();
    }

    private static ForecastSales Of(long monthlyMinor) => new(Deals.Yuan(monthlyMinor));

    private static AgreementStory Converted(params PaymentTrigger[] more) => AgreementStory.ConvertedOn("2025-03-03", [new RunningRoyalty(50_000), .. more]);
}
