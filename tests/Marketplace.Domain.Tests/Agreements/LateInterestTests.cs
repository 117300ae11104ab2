using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Interest on late principal, worked out by hand: principal × days × rate ÷ day count, rounded once, half to even.</summary>
public sealed class LateInterestTests
{
    private const long Million = 100_000_000; // CNY 1 000 000.00

    private static readonly Gen<int> Days = Gen.Int[0, 400];

    [Theory]
    // LPR of 4 March 2026 is 3.00 %, + 50 % = 4.50 %. 1 000 000 × 30 × 4.5 % ÷ 365 = 3 698.630…; ÷ 360 = 3 750.00.
    [InlineData(null, 500_000, 365, 369_863)]
    [InlineData(null, 500_000, 360, 375_000)]
    // + 30 % = 3.90 %: 1 000 000 × 30 × 3.9 % ÷ 365 = 3 205.479…
    [InlineData(null, 300_000, 365, 320_548)]
    // The contract's own 12 %: 1 000 000 × 30 × 12 % ÷ 365 = 9 863.013…; 0 % bears nothing.
    [InlineData(120_000L, 500_000, 365, 986_301)]
    [InlineData(0L, 500_000, 365, 0)]
    public void Thirty_days_late(long? contractRatePpm, long marginPpm, int dayCount, long interestMinor)
    {
        var terms = Deals.Terms(Deals.LumpSum(Million)) with { LateInterest = new LateInterestTerms(contractRatePpm, marginPpm, dayCount) };
        var story = AgreementStory.ConvertedOn("2025-03-03", terms).Until("2026-04-02").Pay(2 * Million); // due on 3 March
        Assert.Equal((interestMinor, Million), (story.Owed().Interest.AllocatedMinor, story.Owed().Principal.AllocatedMinor));
        Assert.Equal((Stage.Settled, Million - interestMinor), (story.State.Stage, story.State.Receipts[0].UnappliedMinor));
    }

    [Theory]
    // Due on Friday 16 May 2025, breach on the 17th: 3.10 %. Due on Monday the 19th, breach on the 20th, when 3.00 % was published.
    // 1 000 000 × 10 × 3.10 % × 1.5 ÷ 365 = 1 273.97…; with 3.00 % = 1 232.87…
    [InlineData("2024-05-16", "2025-05-26", 127_397)]
    [InlineData("2024-05-19", "2025-05-29", 123_288)]
    public void The_LPR_of_the_day_of_the_breach_counts_and_later_rates_do_not(string effectOn, string paidOn, long interestMinor) =>
        Assert.Equal(interestMinor, AgreementStory.ConvertedOn(effectOn, Deals.LumpSum(Million)).Until(paidOn).Pay(2 * Million).Owed().Interest.AllocatedMinor);

    [Fact]
    public void Paying_a_part_pays_interest_first_and_the_rest_bears_interest_on()
    {
        // Ten days: 1 000 000 × 10 × 4.5 % ÷ 365 = 1 232.876… → 1 232.88, so 398 767.12 of 400 000 go to the principal and 601 232.88 are left.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-03-13").Pay(40_000_000);
        Assert.Equal((123_288, 39_876_712), (story.Owed().Interest.AllocatedMinor, story.Owed().Principal.AllocatedMinor));

        // Twenty days more: (1 000 000 × 10 + 601 232.88 × 20) × 4.5 % ÷ 365 = 2 715.368… → 2 715.37 in all.
        story.Until("2026-04-02").Pay(2 * Million);
        Assert.Equal(271_537, story.Owed().Interest.AllocatedMinor);
        story.Replays();
    }

    [Fact]
    public void Money_that_arrived_in_time_and_is_recorded_late_bears_no_interest_and_remedies_the_default()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-04-20");
        Assert.Equal(Stage.Overdue, story.State.Stage);
        Assert.True(story.Owed().Interest.ChargedMinor > 0); // through the day before the offer of mediation

        story.Pay(Million, receivedOn: "2026-03-03");
        Assert.Equal((Stage.Settled, 0, 0), (story.State.Stage, story.Owed().Interest.ChargedMinor, story.State.Receipts[0].UnappliedMinor));
    }

    [Fact]
    public void Interest_stops_on_the_day_of_arrival_however_late_it_is_recorded()
    {
        // 1 000 000 × 7 × 4.5 % ÷ 365 = 863.01.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-04-20").Pay(Million + 86_301, receivedOn: "2026-03-10");
        Assert.Equal((Stage.Settled, 86_301, 0), (story.State.Stage, story.Owed().Interest.AllocatedMinor, story.State.Receipts[0].UnappliedMinor));
    }

    [Fact]
    public void A_part_recorded_late_leaves_the_books_as_far_as_they_had_come()
    {
        // Interest had been charged through 16 April, 44 days. 400 000 arrived after ten: 1 232.88 of interest, 398 767.12 of principal.
        // (1 000 000 × 10 + 601 232.88 × 34) × 4.5 % ÷ 365 = 3 753.113… in all, of which 2 520.23 are open.
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-04-20").Pay(40_000_000, receivedOn: "2026-03-13");
        Assert.Equal((123_288, 252_023, 60_123_288), (story.Owed().Interest.AllocatedMinor, story.Owed().Interest.OutstandingMinor, story.Owed().Principal.OutstandingMinor));
        Assert.Equal(Deals.Day("2026-04-16"), story.Owed().Late!.Through);
    }

    [Fact]
    public void Two_payments_recorded_late_come_to_the_same_as_recorded_at_once()
    {
        var atOnce = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-03-10").Pay(30_000_000).Until("2026-03-25").Pay(30_000_000).Until("2026-06-01").Pay(30_000_000);
        var late = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(Million)).Until("2026-06-01").Pay(30_000_000, "2026-03-10").Pay(30_000_000, "2026-03-25").Pay(30_000_000);
        Assert.Equal((atOnce.Owed().Principal, atOnce.Owed().Interest), (late.Owed().Principal, late.Owed().Interest));
        Assert.Equal(atOnce.Owed().Late!.PrincipalDays, late.Owed().Late!.PrincipalDays);
    }

    [Fact]
    public void How_often_interest_is_looked_at_does_not_change_it() =>
        Gen.Select(Days.Array[0, 12], Gen.Long[1, AgreementTerms.MaxAmountMinor]).Sample((steps, principalMinor) =>
        {
            var start = new LateInterest(45_000, 1_000_000, 365, 0, Deals.Day("2026-03-03"), Deals.Day("2026-03-03"));
            var often = steps.Aggregate(start, (late, days) => late.CountThrough(late.Through.AddDays(days), principalMinor));
            Assert.Equal(start.CountThrough(start.Through.AddDays(steps.Sum()), principalMinor).AccruedMinor, often.AccruedMinor);
        });

    [Fact]
    public void Days_taken_back_and_counted_again_leave_no_trace() =>
        Gen.Select(Days, Days, Gen.Long[1, AgreementTerms.MaxAmountMinor]).Sample((days, back, principalMinor) =>
        {
            var start = new LateInterest(45_000, 1_000_000, 360, 0, Deals.Day("2026-03-03"), Deals.Day("2026-03-03"));
            var counted = start.CountThrough(start.Through.AddDays(days), principalMinor);
            var again = counted.BackTo(counted.Through.AddDays(-back), principalMinor);
            Assert.True(again.Through >= start.Through && again.PrincipalDays >= 0);
            Assert.Equal(counted, again.CountThrough(counted.Through, principalMinor));
        });
}
