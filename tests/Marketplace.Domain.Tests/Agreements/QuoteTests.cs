using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What terms cost if things go as assumed: worked out by hand, and the same as what the engine bills. Amounts in fen.</summary>
public sealed class QuoteTests
{
    private static readonly QuoteAssumptions From2025 = new(Deals.Day("2025-03-03"));

    [Fact]
    public void A_lump_sum_is_one_payment_a_year_after_effect()
    {
        // Effect 3 March 2025, due 3 March 2026. 100 000 ÷ 1.03 = 97 087.38.
        var quote = Of(From2025, Deals.LumpSum());
        Assert.Equal((Deals.Day("2026-03-03"), ObligationKind.LumpSum, "5.1", 100_000), Assert.Single(quote.Base.Payments.Select(Told)));
        Assert.Equal((100_000, 97_087), (quote.Base.Total.AmountMinor, quote.Base.PresentValue.AmountMinor));
        Assert.Equal((100_000, false), (quote.WorstCase.AmountMinor, quote.IsUnbounded));
    }

    [Fact]
    public void Low_base_and_high_sales_give_three_royalties()
    {
        // 5 % of 10 000 000 a year for three years, growing by 10 %: 500 000 + 550 000 + 605 000; the low case is half of it, the high one half more.
        var quote = Of(From2025 with { FirstYear = new SalesFigures(10_000_000), GrowthPpm = 100_000 }, new RunningRoyalty(50_000));
        Assert.Equal((827_500, 1_655_000, 2_482_500), (quote.Low.Total.AmountMinor, quote.Base.Total.AmountMinor, quote.High.Total.AmountMinor));
        Assert.True(quote.IsUnbounded);

        // Four quarters a year: 125 000 each in the first, due 60 days after the quarter (30 to report, 30 to pay).
        Assert.Equal([125_000, 125_000, 125_000, 125_000], quote.Base.Payments.Take(4).Select(p => p.Amount.AmountMinor));
        Assert.Equal(Deals.Day("2025-08-04"), quote.Base.Payments[0].DueOn); // 2 August 2025 is a Saturday
        Assert.Equal(1_655_000, quote.Base.Payments[^1].Cumulative.AmountMinor);
    }

    [Fact]
    public void Events_happen_when_they_are_assumed_to_and_the_worst_case_has_all_of_them()
    {
        var quiet = Of(From2025, Deals.MassProduction(500_000), Deals.LumpSum());
        Assert.Equal((100_000, 600_000), (quiet.Base.Total.AmountMinor, quiet.WorstCase.AmountMinor));

        // Claimed 3 September 2025, confirmed by silence at the end of 18 September, due 30 days later.
        var loud = Of(From2025 with { Events = [new AssumedEvent(0, 6)] }, Deals.MassProduction(500_000), Deals.LumpSum());
        Assert.Equal([(Deals.Day("2025-10-20"), 500_000), (Deals.Day("2026-03-03"), 100_000)], loud.Base.Payments.Select(p => (p.DueOn, p.Amount.AmountMinor)));
    }

    [Fact]
    public void A_buy_out_ends_the_royalties_after_the_running_period()
    {
        var terms = new PaymentTrigger[] { new RunningRoyalty(50_000), new BuyOut([new(12, 5_000_000), new(24, 4_000_000)], 30) };
        var sales = From2025 with { FirstYear = new SalesFigures(10_000_000) };
        var (stays, leaves) = (Of(sales, terms), Of(sales with { BuyOutMonth = 12 }, terms));

        // 12 quarters × 125 000; or five quarters and the price of the second year.
        Assert.Equal((1_500_000, 625_000 + 4_000_000), (stays.Base.Total.AmountMinor, leaves.Base.Total.AmountMinor));
    }

    [Fact]
    public void A_signed_agreement_is_quoted_from_where_it_stands()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Until("2025-06-03").Do(Deals.Company, Deals.Report(1, Deals.Yuan(1_000_000), []));
        var before = story.State;
        var quote = Quote.Of(story.State, From2025 with { FirstYear = new SalesFigures(10_000_000) }, story.Reference, story.NowUtc).Value;

        // What was reported stays (5 % of 1 000 000 = 50 000); the eleven quarters to come are assumed: 125 000 each.
        Assert.Equal(50_000 + (11 * 125_000), quote.Base.Total.AmountMinor);
        Assert.Same(before, story.State);
    }

    [Fact]
    public void To_leave_costs_what_has_arisen_and_nothing_in_the_trial()
    {
        var trial = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum()));
        Assert.Equal((0, null), (Quote.ExitCostOf(trial.State, trial.Today).Owed.AmountMinor, Quote.ExitCostOf(trial.State, trial.Today).BuyOut));

        var bound = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(), new RunningRoyalty(50_000), new BuyOut([new(12, 5_000_000)], 30));
        Assert.Equal((100_000, 5_000_000), (Quote.ExitCostOf(bound.State, bound.Today).Owed.AmountMinor, Quote.ExitCostOf(bound.State, bound.Today).BuyOut!.Value.AmountMinor));
        Assert.Null(Quote.ExitCostOf(bound.State, Deals.Day("2026-03-03")).BuyOut);
    }

    [Theory]
    [InlineData(13, 0, "assumptions.trialMonths")]
    [InlineData(0, 1_000_001, "assumptions.growthPpm")]
    public void Assumptions_out_of_bounds_are_refused(int trialMonths, long growthPpm, string field) =>
        Assert.Equal(("out-of-range", field), Refused(From2025 with { TrialMonths = trialMonths, GrowthPpm = growthPpm }, Deals.LumpSum()));

    [Fact]
    public void So_are_events_that_no_clause_awaits() =>
        Assert.Equal(("trigger-unknown", "assumptions.events[0].trigger"), Refused(From2025 with { Events = [new AssumedEvent(0, 1)] }, new RunningRoyalty(50_000)));

    [Fact]
    public void The_engine_bills_what_was_quoted() => Gen.Select(Terms, Gen.Long[0, 5_000_000].Array[12], Gen.Int[0, 900]).Sample((terms, netMinor, startDay) =>
    {
        var on = Deals.Day("2024-01-02").AddDays(startDay);
        var sales = netMinor.Select(n => new SalesFigures(n)).ToArray();
        var quote = Quote.Of(terms, new QuoteAssumptions(on, Sales: sales), ReferenceData.Published).Value;

        Assert.Equal(Billed(AgreementStory.ConvertedOn($"{on:yyyy-MM-dd}", terms), netMinor), quote.Base.Payments.Select(Told));
        Assert.Equal(quote.Base.Total.AmountMinor, quote.Base.Payments.Sum(p => p.Amount.AmountMinor));
    }, iter: 60);

    /// <summary>Some periods are reported, then a clause ends and another begins with a later one.</summary>
    [Fact]
    public void So_it_does_of_an_agreement_that_was_amended() => Gen.Select(
        Gen.Long[1, 100_000], Gen.Long[1, 100_000], Gen.Long[0, 5_000_000].Array[12], Gen.Int[0, 5], Gen.Int[2, 12]).Sample((ratePpm, laterPpm, netMinor, reported, later) =>
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(ratePpm), new MinimumAnnualRoyalty(100_000), Deals.LumpSum());
        Report(story, netMinor, reported);
        var from = Math.Max(reported + 1, later);
        story.Amend(new AmendmentChange(from, [0], [new TieredRoyalty([new(0, laterPpm), new(2_000_000, ratePpm)], TierMethod.Marginal, TierBase.Cumulative)]));
        var quote = Quote.Of(
            story.State, From2025 with { Sales = [.. netMinor.Select(n => new SalesFigures(n))] }, story.Reference, story.NowUtc).Value;

        Assert.Equal(Billed(story, netMinor), quote.Base.Payments.Select(Told));
        Assert.Equal(
            netMinor.Take(from - 1).Select((_, i) => i + 1).Where(p => Royalty.Share(ratePpm, netMinor[p - 1]) > 0),
            story.All<ObligationArose>().Where(o => o.Trigger == 0).Select(o => o.Period!.Value));
    }, iter: 40);

    [Fact]
    public void More_sales_never_cost_less_without_credits() => Gen.Select(Gen.Long[1, 100_000], Gen.Long[0, 50_000_000], Gen.Long[0, 50_000_000]).Sample((ratePpm, lessMinor, moreMinor) =>
    {
        long TotalOf(long netMinor) => Of(From2025 with { FirstYear = new SalesFigures(netMinor) }, new RunningRoyalty(ratePpm), new MinimumAnnualRoyalty(100_000)).Base.Total.AmountMinor;
        Assert.True(TotalOf(Math.Min(lessMinor, moreMinor)) <= TotalOf(Math.Max(lessMinor, moreMinor)));
    }, iter: 30);

    private static readonly Gen<AgreementTerms> Terms = Gen.Select(
        Gen.OneOf<PaymentTrigger>(
            Gen.Long[1, 100_000].Select(r => (PaymentTrigger)new RunningRoyalty(r)),
            Gen.Long[1, 9_000_000].Select(f => (PaymentTrigger)new TieredRoyalty([new(0, 50_000), new(f, 30_000)], TierMethod.Marginal, TierBase.Cumulative)),
            Gen.Long[1, 9_000_000].Select(f => (PaymentTrigger)new ThresholdRoyalty(40_000, f)),
            Gen.Long[1, 500_000].Select(m => (PaymentTrigger)new Milestone(MilestoneKind.CumulativeNetSales, "报告", m, 30, 6_000_000))).Array[1, 3],
        Gen.Long[1, 500_000], Gen.Bool).Select((onSales, sum, later) => Deals.Terms(
            [.. onSales, new MinimumAnnualRoyalty(sum), Deals.LumpSum(sum, rule: later ? PayDateRule.Later : PayDateRule.Earlier), new Instalments(sum, [new(3, 333_333), new(9, 666_667)])]));

    /// <summary>What the engine bills, by a company that reports on the last day and pays on the due date.</summary>
    private static IEnumerable<(DateOnly, ObligationKind, string, long)> Billed(AgreementStory story, long[] netMinor)
    {
        Report(story, netMinor, netMinor.Length);
        PayUntil(story, story.State.ConvertedOn!.Value.AddYears(6));
        return story.State.Obligations.Where(o => o.Principal.ChargedMinor > 0).OrderBy(o => o.DueOn).ThenBy(o => o.Number)
            .Select(o => (o.DueOn, o.Kind, PaymentTrigger.ClauseOf(o.Trigger), o.Principal.ChargedMinor));
    }

    private static void Report(AgreementStory story, long[] netMinor, int periods)
    {
        while (AgreementRules.NextPeriod(story.State) is { } period && period.Number <= periods)
        {
            PayUntil(story, period.ReportDueOn);
            story.Do(Deals.Company, Deals.Report(period.Number, new Money(netMinor[period.Number - 1], story.State.Terms.Currency), []));
        }
    }

    private static void PayUntil(AgreementStory story, DateOnly day)
    {
        while (story.State.Obligations.Where(o => o.EnforceableMinor > 0 && o.DueOn <= day).MinBy(o => (o.DueOn, o.Number)) is { } owed)
        {
            story.Until($"{(owed.DueOn > story.Today ? owed.DueOn : story.Today):yyyy-MM-dd}").Pay(owed.EnforceableMinor);
        }

        story.Until($"{day:yyyy-MM-dd}");
    }

    private static QuoteView Of(QuoteAssumptions assumptions, params PaymentTrigger[] payments)
    {
        var quote = Quote.Of(Deals.Terms(payments), assumptions, ReferenceData.Published);
        Assert.True(quote.Refusal is null, $"{quote.Refusal}");
        return quote.Value;
    }

    private static (string Code, string? Field) Refused(QuoteAssumptions assumptions, params PaymentTrigger[] payments)
    {
        var refusal = Quote.Of(Deals.Terms(payments), assumptions, ReferenceData.Published).Refusal!;
        return (refusal.Code, refusal.Field);
    }

    private static (DateOnly, ObligationKind, string, long) Told(QuotedPayment p) => (p.DueOn, p.Kind, p.Clause, p.Amount.AmountMinor);
}
