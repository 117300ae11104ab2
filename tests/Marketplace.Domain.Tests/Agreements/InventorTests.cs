using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What inventors are told is what the ledger has, and an objection holds what it is about and nothing else.</summary>
public sealed class InventorTests
{
    private static readonly InventorSplit Halves = new(500_000, [new InventorPart("示例甲", 500_000), new InventorPart("示例乙", 500_000)]);

    [Fact]
    public void A_statement_says_which_share_came_from_which_receipt_in_which_split()
    {
        var story = Distributed(60_000).Do(Deals.Lab, new ChangeInventorSplit(Halves)).Pay(40_000).Do(Deals.Lab, new DistributeIncome());
        var statement = InventorStatement.Of(story.Events, null);

        // 600.00 × 70 %, three quarters and a quarter; then 400.00 × 50 %, half each.
        var first = statement.Inventors[0];
        Assert.Equal(("示例甲", 2), (first.Name, first.Lines.Count));
        Assert.Equal(
            new InventorLine(Deals.Day("2026-03-03"), 1, Deals.Yuan(60_000), 700_000, 750_000, 1, Deals.Day("2025-03-03"), Deals.Yuan(31_500)), first.Lines[0]);
        Assert.Equal(
            new InventorLine(Deals.Day("2026-03-03"), 2, Deals.Yuan(40_000), 500_000, 500_000, 2, Deals.Day("2026-03-03"), Deals.Yuan(10_000)), first.Lines[1]);
        Assert.Equal((Deals.Yuan(20_500), Deals.Yuan(20_500)), (statement.Inventors[1].Distributed, statement.Inventors[1].Payable));
        Assert.Equal([(1, Deals.Inventors), (2, Halves)], statement.Splits.Select(s => (s.Version, s.Split)));
    }

    [Fact]
    public void A_year_carries_in_what_was_open_before_it()
    {
        var story = Distributed(60_000).Do(Deals.Lab, new PayInventor(1, "sandbox", "acct"));
        var intent = story.State.Intents[^1];
        story.Sleep("2027-01-04")
            .Do(Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.PartlySucceeded, "sbx", 30_000, null, null))
            .Pay(41_000).Do(Deals.Lab, new DistributeIncome());

        var before = InventorStatement.Of(story.Events, 2025).Inventors[0];
        var during = InventorStatement.Of(story.Events, 2026).Inventors[0];
        var after = InventorStatement.Of(story.Events, 2027).Inventors[0];

        Assert.Equal((0, 0, 0, 0, 0), Sums(before));
        Assert.Equal((0, 31_500, 0, 31_500, 0), Sums(during)); // all of it is on its way at the end of the year
        Assert.Equal((31_500, 30_000, 0), (after.CarriedIn.AmountMinor, after.PaidOut.AmountMinor, after.OnItsWay.AmountMinor));
        Assert.Equal(-story.Balance(ChartOfAccounts.InventorPayable(1)), after.Payable.AmountMinor);
        Assert.Equal(after.CarriedIn + after.Distributed - after.PaidOut, after.OnItsWay + after.Payable);
    }

    [Fact]
    public void Sums_equal_the_ledger_whatever_happens() => RandomStories.Any.Sample(
        told =>
        {
            var story = RandomStories.Begin(told.Terms, told.StartDay, told.Smooth);
            foreach (var move in told.Moves)
            {
                story.Sleep($"{story.Today.AddDays(move.DaysBefore):yyyy-MM-dd}");
                var (actor, command) = RandomStories.Asked(story, move);
                story.Ask(actor, command);
            }

            var all = InventorStatement.Of(story.Events, null);
            foreach (var inventor in all.Inventors)
            {
                Assert.Equal(-story.State.BalanceMinor(ChartOfAccounts.InventorPayable(inventor.Inventor), story.State.Terms.Currency), inventor.Payable.AmountMinor);
            }

            // Years follow each other: what one leaves open, the next carries in.
            var years = Enumerable.Range(story.State.Proposals[0].On.Year, story.Today.Year - story.State.Proposals[0].On.Year + 1)
                .Select(year => InventorStatement.Of(story.Events, year)).ToList();
            foreach (var (year, next) in years.Zip(years.Skip(1)))
            {
                Assert.Equal(
                    year.Inventors.Select(i => i.OnItsWay + i.Payable),
                    next.Inventors.Take(year.Inventors.Count).Select(i => i.CarriedIn));
            }

            Assert.Equal(all.Inventors.Sum(i => i.Distributed.AmountMinor), years.Sum(y => y.Inventors.Sum(i => i.Distributed.AmountMinor)));
        },
        iter: 300);

    [Fact]
    public void Whoever_objects_is_paid_nothing_until_the_answer_and_the_others_are()
    {
        var story = Distributed(60_000)
            .Do(Deals.Lab, new ObjectToDistribution(1, 1, "贡献未计全"))
            .Refused("distribution-objected", Deals.Lab, new PayInventor(1, "sandbox", "acct"))
            .Refused("distribution-objected", Deals.Administrator, new PayInventor(1, "sandbox", "acct"))
            .Do(Deals.Lab, new PayInventor(2, "sandbox", "acct"))
            .Do(Deals.Lab, new PayLab("sandbox", "acct"));
        Assert.True(InventorStatement.Of(story.Events, null).Inventors[0].IsHeld);

        story.Do(Deals.Lab, new AnswerDistributionObjection(1, false, "已核对"))
            .Refused("objection-answered", Deals.Lab, new AnswerDistributionObjection(1, true, "改判"))
            .Do(Deals.Lab, new PayInventor(1, "sandbox", "acct"));
        Assert.Equal(new ObjectionAnswer(false, "已核对", story.Today), Assert.Single(InventorStatement.Of(story.Events, null).Objections).Answer);
    }

    [Fact]
    public void Nothing_is_divided_in_the_disputed_split_but_in_a_new_one()
    {
        var story = Distributed(60_000)
            .Do(Deals.Lab, new ObjectToDistribution(2, null, "比例有误")).Pay(40_000) // the money itself is a fact
            .Refused("distribution-objected", Deals.Lab, new DistributeIncome())
            .Do(Deals.Lab, new ChangeInventorSplit(Halves))
            .Do(Deals.Lab, new DistributeIncome())
            .Refused("distribution-objected", Deals.Lab, new PayInventor(2, "sandbox", "acct")) // no answer yet
            .Do(Deals.Lab, new AnswerDistributionObjection(1, true, "属实"))
            .Do(Deals.Lab, new PayInventor(2, "sandbox", "acct"));
        Assert.Equal(0, story.Balance(ChartOfAccounts.LabUndistributed));
    }

    [Fact]
    public void An_objection_to_an_old_receipt_does_not_hold_the_split_of_today()
    {
        var story = Distributed(60_000).Do(Deals.Lab, new ChangeInventorSplit(Halves)).Pay(40_000)
            .Do(Deals.Lab, new ObjectToDistribution(1, 1, "贡献未计全"));
        Assert.Equal(1, story.State.Objections[0].SplitVersion);
        story.Do(Deals.Lab, new DistributeIncome()).Refused("distribution-objected", Deals.Lab, new PayInventor(1, "sandbox", "acct"));
    }

    [Fact]
    public void A_payout_that_was_ordered_before_the_objection_moves_as_the_provider_says()
    {
        var story = Distributed(60_000).Do(Deals.Lab, new PayInventor(1, "sandbox", "acct")).Do(Deals.Lab, new ObjectToDistribution(1, null, "比例有误"));
        var intent = story.State.Intents[^1];
        story.Do(Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.Succeeded, "sbx", 31_500, null, null));
        Assert.Equal(31_500, InventorStatement.Of(story.Events, null).Inventors[0].PaidOut.AmountMinor);
    }

    [Fact]
    public void An_objection_is_about_something_that_is_there()
    {
        var story = Distributed(60_000).Pay(40_000)
            .Refused("inventor-unknown", Deals.Lab, new ObjectToDistribution(3, null, "不符"))
            .Refused("inventor-unknown", Deals.Lab, new ObjectToDistribution(0, null, "不符"))
            .Refused("receipt-unknown", Deals.Lab, new ObjectToDistribution(1, 3, "不符"))
            .Refused("nothing-distributed", Deals.Lab, new ObjectToDistribution(1, 2, "不符"))
            .Refused("text-missing", Deals.Lab, new ObjectToDistribution(1, 1, " "))
            .Refused("objection-unknown", Deals.Lab, new AnswerDistributionObjection(1, true, "属实"))
            .Do(Deals.Lab, new ObjectToDistribution(1, 1, "不符"))
            .Refused("objection-open", Deals.Lab, new ObjectToDistribution(1, 1, "不符"))
            .Do(Deals.Lab, new ObjectToDistribution(1, null, "比例"));
        Assert.Equal(2, story.State.Objections.Count);
    }

    [Fact]
    public void An_agreement_closes_after_its_objections_only()
    {
        var story = AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum()), Deals.Inventors).Do(Deals.Company, new ReturnResult("停用", "销毁"))
            .Do(Deals.Lab, new ObjectToDistribution(1, null, "不符"))
            .Refused("distribution-objected", Deals.Lab, new CloseAgreement())
            .Do(Deals.Lab, new AnswerDistributionObjection(1, false, "无收益"))
            .Do(Deals.Lab, new CloseAgreement());
        story.Refused("agreement-state", Deals.Lab, new ObjectToDistribution(1, null, "不符"));
    }

    [Fact]
    public void The_invariants_know_what_an_open_objection_forbids()
    {
        var story = Distributed(60_000).Pay(40_000).Do(Deals.Lab, new ObjectToDistribution(1, null, "不符"));
        var paid = new PaymentRequested(
            DerivedId.From<PaymentIntentId>("x"), IntentKind.Payout, Deals.Yuan(1), "sandbox", "acct", "inventor:1", null, null, ChartOfAccounts.InventorPayable(1), story.NowUtc);
        AgreementEvent[] forbidden =
        [
            paid,
            new IncomeDistributed(2, Deals.Yuan(40_000), Deals.Yuan(40_000), [], Deals.Inventors, story.Today),
        ];

        Assert.All(forbidden, e => Assert.Equal([Invariant.OnlyAllowedTransitions], AgreementInvariants.OfEvent(story.State, e, Actor.System, story.NowUtc).Select(b => b.Invariant)));
        Assert.Empty(AgreementInvariants.OfEvent(
            story.State, paid with { Payee = "inventor:2", Account = ChartOfAccounts.InventorPayable(2) }, Actor.System, story.NowUtc));
    }

    /// <summary>CNY 1 000.00 owed and no fee; so much of it has come and is divided, 70 % to two inventors, 3 : 1.</summary>
    private static AgreementStory Distributed(long amountMinor) =>
        AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()) with { PlatformFeePpm = 0 }, Deals.Inventors)
            .Until("2026-03-03").Pay(amountMinor).Do(Deals.Lab, new DistributeIncome());

    private static (long, long, long, long, long) Sums(InventorAccount a) =>
        (a.CarriedIn.AmountMinor, a.Distributed.AmountMinor, a.PaidOut.AmountMinor, a.OnItsWay.AmountMinor, a.Payable.AmountMinor);
}
