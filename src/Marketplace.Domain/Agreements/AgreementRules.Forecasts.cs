using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

// What the company expects to sell.
public sealed partial class AgreementRules
{
    /// <summary>Most forecasts that one agreement keeps in mind.</summary>
    private const int MostForecasts = 100;

    /// <summary>Said before a period begins: nobody lowers what was expected once it shows what is sold.</summary>
    private static Refusal? ForecastSales(Story story, ForecastSales c)
    {
        if ((By(story, Party.Company, out _)
            ?? In(
                story, Stage.Signed, Stage.Filed, Stage.Delivered, Stage.InTrial, Stage.Extended, Stage.DecisionDue,
                Stage.Converted, Stage.Overdue, Stage.Cure, Stage.Breached, Stage.Terminated, Stage.Settled)) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Terms.Reporting is null)
        {
            return Refusal.State("no-reports", "合同没有约定销售报告。", "The agreement asks for no reports of sales.");
        }

        if (c.MonthlyNet.Currency != story.Now.Terms.Currency)
        {
            return InCurrency(story, c.MonthlyNet, "monthlyNet");
        }

        if (c.MonthlyNet.AmountMinor is < 0 or > AgreementTerms.MaxAmountMinor)
        {
            return Refusal.Invalid(
                "amount-out-of-range", "预测的销售额不能为负，且须在系统上限之内。", "Forecast sales are not negative, and within the limit of the system.", "monthlyNet.amountMinor");
        }

        if (PeriodToForecast(story.Now, story.Today) is not { } fromPeriod)
        {
            return Refusal.State("no-period-ahead", "没有尚未开始的报告周期。", "There is no reporting period left that has not begun.");
        }

        if (story.Now.ForecastOf(fromPeriod)?.NetMinor == c.MonthlyNet.AmountMinor)
        {
            return Refusal.State("forecast-unchanged", "与现有预测相同。", "This is the forecast that holds already.");
        }

        if (story.Now.Forecasts.Count >= MostForecasts)
        {
            return Refusal.State("forecasts-too-many", $"每份合同至多登记{MostForecasts}次预测。", $"An agreement takes at most {MostForecasts} forecasts.");
        }

        story.Tell(new SalesForecast(fromPeriod, c.MonthlyNet, story.Today));
        return null;
    }

    /// <summary>The first reporting period that begins after this day, from which on a forecast holds; null when none does. Before the conversion none has begun.</summary>
    public static int? PeriodToForecast(Agreement a, DateOnly today)
    {
        if (a.Stage == Stage.None || a.Terms.Reporting is not { } reporting)
        {
            return null;
        }

        var number = a.ConvertedOn is null ? 1 : RunningPeriod(a, today) + 1;
        return number * reporting.PeriodMonths > a.Terms.CommercialMonths || number > a.BoughtOutAfterPeriod ? null : number;
    }
}
