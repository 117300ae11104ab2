using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>A signed agreement changes from a period on that nobody has reported, and never before it.</summary>
public sealed class AmendmentTests
{
    private static readonly AmendmentChange Cheaper = new(3, [0], [new RunningRoyalty(20_000)]);

    /// <summary>Half-years of 1 000 000.00: 3 % is 30 000.00 in periods 1 and 2, 2 % is 20 000.00 from period 3 on.</summary>
    [Fact]
    public void From_its_period_on_the_new_clause_is_billed_and_before_it_the_old_one()
    {
        var story = Converted().Until("2025-09-10").Do(Deals.Company, Reported(1));
        story.Amend(Cheaper);
        story.Until("2026-03-10").Do(Deals.Company, Reported(2)).Until("2026-09-10").Do(Deals.Company, Reported(3));
        Assert.Equal(
            [(0, 1, 30_000_00L), (0, 2, 30_000_00L), (1, 3, 20_000_00L)],
            story.All<ObligationArose>().Select(o => (o.Trigger, o.Period!.Value, o.Amount.AmountMinor)));
        story.Replays();
    }

    [Fact]
    public void A_correction_of_an_earlier_period_is_billed_by_the_clause_of_that_period()
    {
        var story = Converted().Until("2025-09-10").Do(Deals.Company, Reported(1));
        story.Amend(Cheaper);
        story.Until("2026-03-10").Do(Deals.Company, Reported(2)).Until("2026-09-10").Do(Deals.Company, Reported(3))
            .Do(Deals.Company, Deals.Correct(1, Deals.Yuan(2_000_000_00), [], "漏报")); // one million more at 3 %
        Assert.Equal((0, Deals.Yuan(30_000_00)), (story.Last<ObligationArose>().Trigger, story.Last<ObligationArose>().Amount));
        story.Replays();
    }

    [Fact]
    public void All_who_signed_the_agreement_sign_its_change()
    {
        var story = Converted().Do(Deals.Company, new ProposeAmendment(Cheaper, "市场变化"));
        var hash = story.State.Amendments[0].DocumentHash;
        story.Refused("amendment-open", Deals.Lab, new ProposeAmendment(Cheaper, null))
            .Refused("document-hash-differs", Deals.Lab, new SignAmendment(1, "00"))
            .Refused("not-found", Deals.OtherLab, new SignAmendment(1, hash))
            .Do(Deals.Company, new SignAmendment(1, hash)).Refused("already-signed", Deals.Company, new SignAmendment(1, hash));
        Assert.Null(story.State.AmendedTerms);
        story.Do(Deals.Lab, new SignAmendment(1, hash)).Refused("amendment-closed", Deals.Lab, new SignAmendment(1, hash))
            .Refused("amendment-closed", Deals.Lab, new WithdrawAmendment(1, "x"));
        Assert.Equal([new ClauseTime(0, null, 2), new ClauseTime(1, 3, null)], story.State.Terms.Times);
    }

    [Fact]
    public void When_its_period_has_been_reported_it_is_too_late_to_sign()
    {
        var story = Converted().Do(Deals.Company, new ProposeAmendment(Cheaper with { FromPeriod = 2 }, null));
        story.Until("2025-09-10").Do(Deals.Company, Reported(1)).Until("2026-03-10").Do(Deals.Company, Reported(2))
            .Refused("amendment-late", Deals.Lab, new SignAmendment(1, story.State.Amendments[0].DocumentHash))
            .Do(Deals.Lab, new WithdrawAmendment(1, "过期")).Do(Deals.Lab, new ProposeAmendment(Cheaper, null));
        Assert.Equal([AmendmentStatus.Withdrawn, AmendmentStatus.Proposed], story.State.Amendments.Select(a => a.Status));
    }

    public static TheoryData<AmendmentChange, string, string> Senseless => new()
    {
        { new AmendmentChange(3, [], []), "amendment-empty", "change" },
        { Cheaper with { FromPeriod = 1 }, "out-of-range", "change.fromPeriod" },
        { Cheaper with { FromPeriod = 9 }, "out-of-range", "change.fromPeriod" }, // four years of half-years are eight
        { Cheaper with { Ended = [1] }, "clause-not-amendable", "change.ended[0]" },
        { Cheaper with { Ended = [0, 0] }, "clause-not-amendable", "change.ended[1]" },
        { Cheaper with { Added = [new EntryFee(1, 1, false)] }, "clause-not-amendable", "change.added[0]" },
        { Cheaper with { Added = [new RunningRoyalty(0)] }, "out-of-range", "change.payments[1].ratePpm" },
        { Cheaper with { FromPeriod = 4, Added = [new MinimumAnnualRoyalty(1_000)] }, "clause-needs-years", "change.times[1]" },
    };

    [Theory, MemberData(nameof(Senseless))]
    public void A_change_without_sense_is_refused(AmendmentChange change, string code, string field)
    {
        var refusal = Converted().Ask(Deals.Lab, new ProposeAmendment(change, null));
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_change_of_a_change_keeps_what_was_agreed_for_the_periods_between()
    {
        var story = Converted();
        story.Amend(Cheaper);
        story.Amend(new AmendmentChange(5, [1], [new RunningRoyalty(10_000)]));
        Assert.Equal([new ClauseTime(0, null, 2), new ClauseTime(1, 3, 4), new ClauseTime(2, 5, null)], story.State.Terms.Times);
    }

    /// <summary>Whatever is ended and added from period n on, the lines of the periods before n are what they were.</summary>
    [Fact]
    public void No_change_touches_what_was_billed_before_it() => Gen.Select(
        Gen.Int[2, 8], Gen.Bool, Gen.Long[1, 500_000], Gen.Long[0, 1_000_000_00].Array[8]).Sample((from, ends, ratePpm, net) =>
        {
            var before = Terms;
            var change = new AmendmentChange(from, ends ? [0] : [], [new RunningRoyalty(ratePpm), new TieredRoyalty([new(0, ratePpm), new(10_000, 5_000)], TierMethod.Marginal, TierBase.Cumulative)]);
            Assert.Null(change.Check(before, from - 1));
            SalesFigures[] figures = [.. net.Select(n => new SalesFigures(n))];
            var (old, amended) = (SalesMeter.Run(before, figures), SalesMeter.Run(change.To(before), figures));
            Assert.Equal(old.Where(l => l.Period < from), amended.Where(l => l.Period < from));
            Assert.Equal(net.Skip(from - 1).Sum(n => Royalty.Share(ratePpm, n)), amended.Where(l => l.Trigger == 1).Sum(l => l.AmountMinor));
        });

    private static AgreementTerms Terms => Deals.Terms(new RunningRoyalty(30_000)) with { CommercialMonths = 48, Reporting = new SalesReporting(6, 30, 15) };

    private static AgreementStory Converted() => AgreementStory.ConvertedOn("2025-03-03", Terms);

    private static ReportSales Reported(int period) => Deals.Report(period, Deals.Yuan(1_000_000_00), []);
}
