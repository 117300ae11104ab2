using System.Diagnostics;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Benchmarks;

/// <summary>
/// How fast a payment plan is computed, on one core: ten years of a tiered royalty with a minimum, reported every month, beside a budget of a
/// millisecond. Also what a whole quote takes, which rehearses four agreements with all their rules.
/// </summary>
internal static class PlanBenchmark
{
    private const int Months = 120;
    private const int Rounds = 400;
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(1);

    public static bool Run()
    {
        var terms = new AgreementTerms(
            LicenceKind.Exclusive, "benchmark", "benchmark", TrialMonths: 12, CommercialMonths: Months, Currency.Cny,
            [
                new TieredRoyalty([new(0, 50_000), new(500_000_000, 40_000), new(2_000_000_000, 30_000)], TierMethod.Marginal, TierBase.Cumulative),
                new MinimumAnnualRoyalty(1_000_000),
            ],
            new SalesReporting(PeriodMonths: 1, ReportDays: 30, PaymentDays: 30), LateInterestTerms.Standard, PlatformFeePpm: 20_000, CureDays: 30);
        SalesFigures[] figures = [.. Enumerable.Range(1, Months).Select(m => new SalesFigures(30_000_000 + (m * 123_457)))];

        var plan = Measure(() => SalesMeter.Run(terms, figures).Count, Rounds);
        var quote = Measure(() => Quote.Of(terms, new QuoteAssumptions(new DateOnly(2026, 1, 5), Sales: figures), ReferenceData.Published).Value.Base.Payments.Count, Rounds / 20);
        var sums = SalesMeter.Run(terms, figures).Count(l => l.AmountMinor > 0);

        Report.Heading("Ten years of a tiered royalty with monthly reports, one core", "milliseconds");
        Report.Row("the plan (SalesMeter)", plan, "0.000");
        Report.Row("a quote: low, base, high and worst case rehearsed", quote, "0.0");
        Report.Heading("Obligations computed, one core", "per second");
        Report.Row("by the plan", Spread.Of(new[] { plan.Max, plan.Median, plan.Min }.Select(ms => sums / ms * 1_000)));
        return Report.Ratio("plan-10y-monthly", Budget.TotalMilliseconds / plan.Median, 1);
    }

    private static Spread Measure(Func<int> work, int rounds)
    {
        var results = new List<double>();
        for (var round = -rounds; round < rounds; round++) // the first half warms up
        {
            var began = Stopwatch.GetTimestamp();
            if (work() == 0)
            {
                throw new InvalidOperationException("Nothing was computed.");
            }

            if (round >= 0)
            {
                results.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return Spread.Of(results);
    }
}
