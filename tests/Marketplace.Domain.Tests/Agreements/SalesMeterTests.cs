using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What reported periods make owed, clause by clause. Amounts are worked out by hand in the comments, in yuan and fen.</summary>
public sealed class SalesMeterTests
{
    private const long Yuan = 100;

    [Fact]
    public void A_stepped_royalty_changes_its_rate_with_each_contract_year_and_never_falls_below_nothing()
    {
        // 3 %, 2 %, 1 %, 0 %, and 0 % instead of −1 %, of 100 000.00 each year: 3 000 + 2 000 + 1 000 + 0 + 0.
        Assert.Equal([3_000 * Yuan, 2_000 * Yuan, 1_000 * Yuan, 0, 0], Amounts(12, [new SteppedRoyalty(30_000, -10_000)], Sales(100_000, 100_000, 100_000, 100_000, 100_000)));
        // Quarters 4 and 5 lie in the first and in the second year: 3 % and 3.5 % of 10 000.00.
        Assert.Equal([300 * Yuan, 300 * Yuan, 300 * Yuan, 300 * Yuan, 350 * Yuan], Amounts(3, [new SteppedRoyalty(30_000, 5_000)], Sales(10_000, 10_000, 10_000, 10_000, 10_000)));
    }

    [Fact]
    public void A_unit_royalty_counts() =>
        // 25 seats at 19.99: 499.75; none: 0.
        Assert.Equal([49_975, 0], Amounts(1, [new UnitRoyalty("seat", 1_999)], new SalesFigures(0, Units: 25), new SalesFigures(0)));

    [Fact]
    public void A_threshold_is_passed_once_a_year_and_each_period_owes_the_difference() =>
        // 2 % above 100 000.00 a year. Year 1: 60 000 | 60 000 (20 000 above: 400) | 0 | 30 000 (50 000 above: 1 000 − 400). Year 2 starts anew.
        Assert.Equal([0, 400 * Yuan, 0, 600 * Yuan, 0], Amounts(3, [new ThresholdRoyalty(20_000, 100_000 * Yuan)], Sales(60_000, 60_000, 0, 30_000, 90_000)));

    [Theory]
    [InlineData(500_000, 700_000, 20_000)] // 10 % of 700 000 − 500 000
    [InlineData(500_000, 400_000, 0)]      // below the baseline
    [InlineData(-300_000, -100_000, 20_000)] // a smaller loss is an increment too: −100 000 − (−300 000) = 200 000
    public void A_share_of_an_increment_is_owed_when_its_year_ends(long baselineYuan, long reachedYuan, long owedYuan)
    {
        var halves = new[] { new SalesFigures(0, MeasureMinor: reachedYuan * Yuan / 2), new SalesFigures(0, MeasureMinor: reachedYuan * Yuan / 2) };
        Assert.Equal([0, owedYuan * Yuan], Amounts(6, [new IncrementShare(IncrementMeasure.Profit, 100_000, baselineYuan * Yuan)], halves));
    }

    [Fact]
    public void A_share_of_sublicence_income_may_fall_by_year() =>
        // 30 %, 20 %, 10 % of 10 000.00.
        Assert.Equal([3_000 * Yuan, 2_000 * Yuan, 1_000 * Yuan], Amounts(12, [new SublicenceShare(300_000, -100_000)], [.. Enumerable.Repeat(new SalesFigures(0, SublicenceMinor: 10_000 * Yuan), 3)]));

    [Theory]
    [InlineData(1_000, 500, 0)]    // half of 1 000 is 500 of 5 000: 4 500 stay, more than the floor of 3 000
    [InlineData(4_000, 2_000, 0)]  // half is 2 000: 3 000 stay, exactly the floor
    [InlineData(9_000, 2_000, 1_200)] // half is 4 500: 2 000 of the first, down to its floor; 1 200 of the second (3 000, floor 1 800); 1 300 are lost
    public void Royalties_to_third_parties_reduce_in_the_order_of_the_clauses_down_to_a_floor(long thirdYuan, long firstLessYuan, long secondLessYuan)
    {
        // 5 % and 3 % of 100 000.00 are 5 000 and 3 000. Half of third parties' royalties is taken off; 60 % always stay.
        var figures = new SalesFigures(100_000 * Yuan, ThirdPartyRoyaltiesMinor: thirdYuan * Yuan);
        Assert.Equal(
            [(5_000 - firstLessYuan) * Yuan, (3_000 - secondLessYuan) * Yuan],
            Amounts(12, [new RunningRoyalty(50_000), new RunningRoyalty(30_000), new StackingReduction(500_000, 600_000)], figures));
    }

    [Fact]
    public void A_creditable_entry_fee_is_deducted_until_it_is_used_up() =>
        // 8 000.00 of credit; 5 % of 100 000.00 is 5 000 a year: 0, then 5 000 − 3 000, then 5 000.
        Assert.Equal([0, 2_000 * Yuan, 5_000 * Yuan], Amounts(12, [new EntryFee(8_000 * Yuan, 30, IsCreditable: true), new RunningRoyalty(50_000)], Sales(100_000, 100_000, 100_000)));

    [Fact]
    public void A_fee_that_is_not_creditable_changes_nothing() =>
        Assert.Equal([5_000 * Yuan], Amounts(12, [new EntryFee(8_000 * Yuan, 30, IsCreditable: false), new RunningRoyalty(50_000)], Sales(100_000)));

    [Fact]
    public void A_creditable_minimum_is_deducted_from_royalties_of_later_years_and_does_not_lower_what_they_earn()
    {
        // 5 % with a minimum of 10 000.00. Year 1: 100 000 → 5 000 + top-up 5 000. Year 2: 300 000 → 15 000 earned, 5 000 credited: 10 000, no top-up.
        // Year 3: 160 000 → 8 000 earned, no credit left, top-up 2 000.
        PaymentTrigger[] clauses = [new RunningRoyalty(50_000), new MinimumAnnualRoyalty(10_000 * Yuan, IsCreditable: true)];
        Assert.Equal([5_000 * Yuan, 5_000 * Yuan, 10_000 * Yuan, 0, 8_000 * Yuan, 2_000 * Yuan], Amounts(12, clauses, Sales(100_000, 300_000, 160_000)));
    }

    [Fact]
    public void A_cap_cuts_what_would_pass_it_minimums_included()
    {
        // 5 % of 100 000.00 a year with a minimum of 7 000.00 and a cap of 12 000.00 together: 5 000 + 2 000 | 5 000 + 0 of 2 000 | 0 + 0.
        PaymentTrigger[] clauses = [new RunningRoyalty(50_000), new MinimumAnnualRoyalty(7_000 * Yuan), new CumulativeCap(12_000 * Yuan)];
        Assert.Equal([5_000 * Yuan, 2_000 * Yuan, 5_000 * Yuan, 0, 0, 0], Amounts(12, clauses, Sales(100_000, 100_000, 100_000)));
    }

    [Fact]
    public void Every_line_is_explained_by_numbers_that_lead_to_it()
    {
        // 5 % of 100 000.00 = 5 000; third parties take 1 000 off, the credit 1 500, and the cap of 2 000 another 500.
        PaymentTrigger[] clauses = [new RunningRoyalty(50_000), new EntryFee(1_500 * Yuan, 0, IsCreditable: true), new StackingReduction(1_000_000, 0), new CumulativeCap(2_000 * Yuan)];
        var terms = Terms(12, clauses);
        SalesFigures[] figures = [new(100_000 * Yuan, ThirdPartyRoyaltiesMinor: 1_000 * Yuan)];
        var line = Assert.Single(SalesMeter.Run(terms, figures));
        Assert.Equal((500_000, 100_000, 150_000, 50_000, 200_000), (line.GrossMinor, line.StackedMinor, line.CreditedMinor, line.CappedMinor, line.AmountMinor));

        var why = MeterWords.Why(terms, figures, line);
        Assert.Equal(("5.1", "round(netMinor × ratePpm ÷ 1000000) − stackedMinor − creditedMinor − cappedMinor"), (why.Clause, why.Formula));
        Assert.Equal(
            [("netMinor", "10000000"), ("ratePpm", "50000"), ("stackedMinor", "100000"), ("creditedMinor", "150000"), ("cappedMinor", "50000")],
            why.Inputs.Select(i => (i.Name, i.Value)));
    }

    [Fact]
    public void Sums_never_fall_below_nothing_nor_pass_the_cap_and_a_longer_history_never_changes_an_earlier_line() => Cases.Sample(c =>
    {
        var (terms, figures) = c;
        var whole = SalesMeter.Run(terms, figures);
        Assert.All(whole, l => Assert.True(l is { GrossMinor: >= 0, StackedMinor: >= 0, CreditedMinor: >= 0, CappedMinor: >= 0, AmountMinor: >= 0 }, $"{l}"));
        Assert.True(whole.Sum(l => l.AmountMinor) <= (terms.Payments.OfType<CumulativeCap>().SingleOrDefault()?.AmountMinor ?? long.MaxValue));
        Assert.True(whole.Sum(l => l.CreditedMinor) <= terms.Payments.OfType<EntryFee>().Sum(f => f.AmountMinor)
            + whole.Where(l => terms.Payments[l.Trigger] is MinimumAnnualRoyalty).Sum(l => l.AmountMinor));
        for (var n = 0; n < figures.Length; n++)
        {
            Assert.Equal(whole.Where(l => l.Period <= n), SalesMeter.Run(terms, figures.Take(n)));
        }
    });

    [Fact]
    public void More_sales_never_owe_less_in_total() => Gen.Select(Cases, Gen.Int[0, 11], Gen.Long[1, 1_000_000_00]).Sample((c, at, moreMinor) =>
    {
        var (terms, figures) = c;
        var minimum = terms.Payments.OfType<MinimumAnnualRoyalty>().SingleOrDefault();
        if (minimum is { IsCreditable: true } || (minimum is not null && terms.Payments.Any(p => p is EntryFee)))
        {
            return; // a credit pays royalties and so the minimum: what was sold more used it up
        }

        if (terms.Payments.Any(p => p is TieredRoyalty { Method: TierMethod.WholeAmount }) && (minimum is not null || terms.Payments.Any(p => p is StackingReduction)))
        {
            return; // the higher rate on all sales so far is reached earlier: in a year whose minimum it pays, in a period that others take more from
        }

        var more = figures.Select((f, i) => i == at % figures.Length ? f with { NetMinor = f.NetMinor + moreMinor } : f);
        Assert.True(SalesMeter.Run(terms, more).Sum(l => l.AmountMinor) >= SalesMeter.Run(terms, figures).Sum(l => l.AmountMinor));
    });

    [Fact]
    public void Each_year_owes_at_least_its_minimum_before_credits_and_cap() => Cases.Sample(c =>
    {
        var (terms, figures) = c;
        if (terms.Payments.OfType<MinimumAnnualRoyalty>().SingleOrDefault() is { } minimum)
        {
            var perYear = 12 / terms.Reporting!.PeriodMonths;
            foreach (var year in SalesMeter.Run(terms, figures).GroupBy(l => (l.Period - 1) / perYear).Where(y => (y.Key + 1) * perYear <= figures.Length))
            {
                Assert.True(year.Sum(l => l.GrossMinor - l.StackedMinor) >= minimum.AmountMinor);
            }
        }
    });

    /// <summary>Any clauses on reports together, rates that do not fall with sales, and up to three years of figures.</summary>
    private static readonly Gen<(AgreementTerms Terms, SalesFigures[] Figures)> Cases = Gen.Select(
        Clauses(), Gen.OneOf(Gen.Const(1), Gen.Const(3), Gen.Const(6), Gen.Const(12)), Figures().Array[1, 36]).Select((clauses, months, figures) => (Terms(months, clauses), figures));

    private static Gen<PaymentTrigger[]> Clauses()
    {
        var rate = Gen.Long[1, 100_000];
        var sum = Gen.Long[1, 10_000_000];
        Gen<PaymentTrigger> owing = Gen.OneOf<PaymentTrigger>(
            rate.Select(r => (PaymentTrigger)new RunningRoyalty(r)),
            Gen.Select(rate, Gen.Long[-30_000, 30_000]).Select((r, d) => (PaymentTrigger)new SteppedRoyalty(r, d)),
            sum.Select(a => (PaymentTrigger)new UnitRoyalty("unit", a % 10_000 + 1)),
            Gen.Select(rate, sum).Select((r, f) => (PaymentTrigger)new ThresholdRoyalty(r, f)),
            Gen.Select(rate, Gen.Long[-1_000_000, 1_000_000]).Select((r, b) => (PaymentTrigger)new IncrementShare(IncrementMeasure.OutputValue, r, b)),
            Gen.Select(rate, Gen.Long[-30_000, 0]).Select((r, d) => (PaymentTrigger)new SublicenceShare(r, d)),
            Gen.Select(rate, sum).Select((r, f) => (PaymentTrigger)new TieredRoyalty([new(0, r), new(f, r + 10_000)], TierMethod.WholeAmount, TierBase.Cumulative)),
            Gen.Select(rate, sum).Select((r, f) => (PaymentTrigger)new TieredRoyalty([new(0, r), new(f, r / 2)], TierMethod.Marginal, TierBase.PerPeriod)));
        var taking = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, sum, rate).Select((minimum, cap, stacking, fee, a, r) => new PaymentTrigger?[]
        {
            minimum ? new MinimumAnnualRoyalty(a, IsCreditable: r % 2 == 0) : null,
            cap ? new CumulativeCap(a * 5) : null,
            stacking ? new StackingReduction(r * 10, r * 5) : null,
            fee ? new EntryFee(a / 2 + 1, 0, IsCreditable: true) : null,
        }.OfType<PaymentTrigger>());
        return Gen.Select(owing.Array[1, 4], taking).Select((a, b) => (PaymentTrigger[])[.. a, .. b]);
    }

    private static Gen<SalesFigures> Figures() => Gen.Select(
        Gen.Long[0, 100_000_000], Gen.Long[0, 1_000], Gen.Long[-1_000_000, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 100_000])
        .Select((net, units, measure, sublicence, third) => new SalesFigures(net, units, measure, sublicence, third));

    private static AgreementTerms Terms(int periodMonths, PaymentTrigger[] clauses) =>
        Deals.Terms(clauses) with { CommercialMonths = 120, Reporting = new SalesReporting(periodMonths, 30, 30) };

    private static SalesFigures[] Sales(params long[] yuan) => [.. yuan.Select(y => new SalesFigures(y * Yuan))];

    private static IEnumerable<long> Amounts(int periodMonths, PaymentTrigger[] clauses, params SalesFigures[] figures)
    {
        var terms = Terms(periodMonths, clauses);
        Assert.Null(terms.Check());
        return SalesMeter.Run(terms, figures).Select(l => l.AmountMinor);
    }
}
