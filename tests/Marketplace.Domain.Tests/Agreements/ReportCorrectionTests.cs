using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Corrected reports, the way out by a buy-out, and sums that are settled in equity. Amounts in fen, worked out by hand.</summary>
public sealed class ReportCorrectionTests
{
    [Fact]
    public void A_correction_upward_bills_the_difference_once()
    {
        // 5 % of 1 000 000 = 50 000, corrected to 1 400 000 = 70 000: 20 000 more. The same correction again changes nothing.
        var story = Reported(1_000_000).Do(Deals.Company, Deals.Correct(1, Deals.Yuan(1_400_000), [], "漏报一个客户"));
        Assert.Equal([(50_000, 1), (20_000, 1)], story.State.Obligations.Select(o => (o.Principal.ChargedMinor, o.Period!.Value)));
        Assert.Equal("5.1", story.All<ObligationArose>().Last().Why.Clause);
        story.Refused("nothing-corrected", Deals.Company, Deals.Correct(1, Deals.Yuan(1_400_000), [], "再报")).Replays();
    }

    [Fact]
    public void A_correction_downward_takes_back_what_is_open()
    {
        // 70 000 billed and on the books, 50 000 owed: 20 000 are taken off the obligation and off the receivable.
        var story = Reported(1_400_000).Do(Deals.Lab, new InvoiceObligation(1)).Do(Deals.Company, Deals.Correct(1, Deals.Yuan(1_000_000), [], "退货"));
        Assert.Equal((70_000, 20_000, 50_000), (story.Owed().Principal.ChargedMinor, story.Owed().CorrectedMinor, story.Owed().OutstandingMinor));
        Assert.Equal(50_000, story.State.BalanceMinor(Domain.Ledger.ChartOfAccounts.ReceivablePrincipal, Currency.Cny));
        story.Replays();
    }

    [Fact]
    public void What_was_paid_too_much_is_set_off_against_the_next_period()
    {
        // 70 000 paid, 50 000 owed: the next period, 5 % of 1 000 000, bills 30 000.
        var story = Reported(1_400_000).Do(Deals.Lab, new InvoiceObligation(1)).Pay(70_000).Do(Deals.Company, Deals.Correct(1, Deals.Yuan(1_000_000), [], "退货"));
        Assert.False(story.Owed().IsOpen);

        story.Until("2025-09-03").Do(Deals.Company, Deals.Report(2, Deals.Yuan(1_000_000), []));
        Assert.Equal(30_000, story.Owed(2).Principal.ChargedMinor);
        Assert.Equal("owedMinor − billedMinor, of all periods so far", story.All<ObligationArose>().Last().Why.Formula);
        story.Replays();
    }

    [Fact]
    public void Only_a_reported_period_is_corrected_and_only_by_the_company() => Reported(1_000_000)
        .Refused("period-wrong", Deals.Company, Deals.Correct(2, Deals.Yuan(1), [], "期次"))
        .Refused("period-wrong", Deals.Company, Deals.Correct(0, Deals.Yuan(1), [], "期次"))
        .Refused("text-missing", Deals.Company, Deals.Correct(1, Deals.Yuan(1), [], " "))
        .Refused("figure-unasked", Deals.Company, Deals.Correct(1, Deals.Yuan(1), [], "数量", new OtherFigures(Units: 1)))
        .Refused("not-your-part", Deals.Lab, Deals.Correct(1, Deals.Yuan(1), [], "代报"));

    [Fact]
    public void In_whatever_order_reports_are_corrected_the_same_is_owed_in_the_end() => Gen.Select(Gen.Long[0, 5_000_000].Array[4], Gen.Shuffle(new[] { 1, 2, 3, 4 })).Sample((netMinor, order) =>
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new TieredRoyalty([new(0, 50_000), new(3_000_000, 30_000)], TierMethod.Marginal, TierBase.Cumulative), new MinimumAnnualRoyalty(150_000));
        for (var i = 1; i <= 4; i++)
        {
            story.Until(Deals.Day("2025-03-03").AddMonths(3 * i).ToString("yyyy-MM-dd")).Do(Deals.Company, Deals.Report(i, Deals.Yuan(2_000_000 + i), []));
        }

        foreach (var period in order)
        {
            story.Do(Deals.Company, Deals.Correct(period, Deals.Yuan(netMinor[period - 1]), [], "核对"));
        }

        // At once: 5 % up to 3 000 000, 3 % above, at least 150 000 in the year.
        var allMinor = netMinor.Sum();
        var royaltyMinor = Rounding.HalfEven(((Int128)Math.Min(allMinor, 3_000_000) * 50_000) + ((Int128)Math.Max(0, allMinor - 3_000_000) * 30_000), 1_000_000);
        Assert.Equal(Math.Max(royaltyMinor, 150_000), story.State.Obligations.Sum(o => o.Principal.OutstandingMinor));
    }, iter: 50);

    [Theory]
    [InlineData("2025-12-01", 5_000_000)]
    [InlineData("2026-03-03", 4_000_000)] // the first price ends before the day a year after conversion
    public void A_buy_out_costs_the_price_of_its_day_and_ends_the_reports_after_the_running_period(string electedOn, long priceMinor)
    {
        var story = Reported(1_000_000, new BuyOut([new(12, 5_000_000), new(24, 4_000_000)], 30));
        story.Do(Deals.Lab, new InvoiceObligation(1)).Pay(50_000);
        for (var period = 2; AgreementRules.NextPeriod(story.State)!.Value.To <= Deals.Day(electedOn); period++)
        {
            story.Until(AgreementRules.NextPeriod(story.State)!.Value.To.ToString("yyyy-MM-dd")).Do(Deals.Company, Deals.Report(period, Deals.Yuan(0), []));
        }

        story.Until(electedOn).Do(Deals.Company, new ElectBuyOut());
        var price = story.State.Obligations.Single(o => o.Kind == ObligationKind.BuyOut);
        Assert.Equal((priceMinor, Deals.Day(electedOn).AddDays(30)), (price.Principal.ChargedMinor, price.NominalDueOn));
        story.Refused("bought-out", Deals.Company, new ElectBuyOut());

        var running = AgreementRules.NextPeriod(story.State)!.Value;
        Assert.True(running.From <= Deals.Day(electedOn) && Deals.Day(electedOn) < running.To);
        story.Do(Deals.Lab, new InvoiceObligation(price.Number)).Pay(priceMinor).Until(running.To.ToString("yyyy-MM-dd")).Do(Deals.Company, Deals.Report(running.Number, Deals.Yuan(0), []));
        Assert.Null(AgreementRules.NextPeriod(story.State));
        Assert.Equal(Stage.Settled, story.State.Stage);
        story.Replays();
    }

    [Fact]
    public void A_buy_out_has_its_time() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(months: 40), new BuyOut([new(12, 5_000_000)], 30))
        .Until("2026-03-03").Refused("buy-out-over", Deals.Company, new ElectBuyOut());

    [Fact]
    public void Without_the_clause_there_is_no_buy_out() => Reported(0).Refused("no-buy-out", Deals.Company, new ElectBuyOut());

    [Fact]
    public void Equity_settles_its_sum_in_part_and_money_the_rest()
    {
        // 1 000 000 fall due once the financing is confirmed; equity is taken for 600 000, and 400 000 are paid.
        var story = AgreementStory.ConvertedOn("2025-03-03", new EquityConversion("A轮融资", "增资协议", 1_000_000, 20_000, 30))
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-03-03"), "增资协议")).Until("2025-03-19");
        Assert.Equal((ObligationKind.Equity, 1_000_000, Deals.Day("2025-04-18")), (story.Owed().Kind, story.Owed().Principal.ChargedMinor, story.Owed().DueOn));

        story.Do(Deals.Lab, new InvoiceObligation(1))
            .Refused("not-your-part", Deals.Company, new SettleInKind(1, Deals.Yuan(600_000), "股东名册"))
            .Refused("more-than-owed", Deals.Lab, new SettleInKind(1, Deals.Yuan(1_000_001), "股东名册"))
            .Do(Deals.Lab, new SettleInKind(1, Deals.Yuan(600_000), "股东名册"));
        Assert.Equal(400_000, story.State.BalanceMinor(Domain.Ledger.ChartOfAccounts.ReceivablePrincipal, Currency.Cny));

        story.Pay(400_000);
        Assert.Equal((ObligationStatus.Paid, Stage.Settled), (story.Owed().Status, story.State.Stage));
        story.Replays();
    }

    [Fact]
    public void A_sum_of_money_is_not_settled_in_kind() => Reported(1_000_000).Refused("not-in-kind", Deals.Lab, new SettleInKind(1, Deals.Yuan(1), "设备"));

    [Fact]
    public void A_conditional_sum_is_owed_once_its_condition_is_confirmed_and_an_entry_fee_at_conversion()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new ConditionalSum("通过验收", "验收报告", 300_000, 10), new EntryFee(200_000, 30, IsCreditable: false));
        Assert.Equal((ObligationKind.EntryFee, 200_000, Deals.Day("2025-04-02")), (story.Owed().Kind, story.Owed().Principal.ChargedMinor, story.Owed().DueOn));

        // Confirmed by silence after 18 March, so on the 19th; ten days later is Saturday the 29th: Monday the 31st.
        story.Do(Deals.Company, new ClaimTrigger(0, Deals.Day("2025-03-03"), "验收报告")).Until("2025-03-19");
        Assert.Equal((ObligationKind.ConditionalSum, 300_000, Deals.Day("2025-03-31")), (story.Owed(2).Kind, story.Owed(2).Principal.ChargedMinor, story.Owed(2).DueOn));
        story.Replays();
    }

    /// <summary>5 % of net sales by quarter; the first is reported.</summary>
    private static AgreementStory Reported(long netMinor, params PaymentTrigger[] more) => AgreementStory.ConvertedOn("2025-03-03", [new RunningRoyalty(50_000), .. more])
        .Until("2025-06-03").Do(Deals.Company, Deals.Report(1, Deals.Yuan(netMinor), []));
}
