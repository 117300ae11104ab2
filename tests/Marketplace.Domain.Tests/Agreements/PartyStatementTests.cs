using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>A statement adds up, goes on where the month before ended, and is what the ledger has.</summary>
public sealed class PartyStatementTests
{
    private static readonly (StatementParty Party, int? Inventor)[] Parties =
        [(StatementParty.Company, null), (StatementParty.Lab, null), (StatementParty.Broker, null), (StatementParty.Inventor, 1), (StatementParty.Inventor, 2)];

    [Fact]
    public void A_company_reads_what_it_owes_and_what_its_money_paid()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()), Deals.Inventors).Until("2026-03-03").Pay(101_000);

        // Invoiced on the day on which it falls due; 10.00 too much are the company's.
        Assert.Empty(Of(story, StatementParty.Company, Month("2026-02")));
        var statement = Assert.Single(Of(story, StatementParty.Company, Month("2026-03")));
        Assert.Equal((0, -1_000), (statement.OpeningMinor, statement.ClosingMinor));
        Assert.Equal(
            [
                (ChartOfAccounts.ReceivablePrincipal, 100_000, 0, 100_000),
                (ChartOfAccounts.Unapplied, 0, 101_000, -1_000),
                (ChartOfAccounts.Unapplied, 100_000, 0, 99_000),
                (ChartOfAccounts.ReceivablePrincipal, 0, 100_000, -1_000),
            ],
            statement.Lines.Select(l => (l.Account, l.DebitMinor, l.CreditMinor, l.BalanceMinor)));
        Assert.Equal([1], statement.Lines[^1].Obligations);
        Assert.Equal((-1_000, -1_000, 0), Assert.Single(Of(story, StatementParty.Company, Month("2026-04"))) is var next ? (next.OpeningMinor, next.ClosingMinor, next.Lines.Count) : default);
        Assert.Null(statement.Income); // what becomes of its money then is the lab's affair
    }

    [Fact]
    public void A_lab_reads_how_its_income_came_about_and_what_is_on_its_way()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum(), Deals.LumpSum(50_000)), Deals.Inventors)
            .Until("2026-03-03").Pay(100_000).Do(Deals.Lab, new DistributeIncome()).Do(Deals.Lab, new PayLab("sandbox", "acct"));
        var march = Assert.Single(Of(story, StatementParty.Lab, Month("2026-03")));

        // 1 000.00 less 3 %, 70 % of the rest to inventors: 291.00 for the lab, ordered out.
        Assert.Equal(new LabIncome(100_000, 3_000, 0, 67_900, 50_000), march.Income);
        Assert.Equal((0, 0, 0, 29_100), (march.OpeningMinor, march.ClosingMinor, march.PaidOutMinor, march.InTransitMinor));

        story.Sleep("2026-04-02").Do(Actor.System, new RecordPaymentOutcome(story.State.Intents[^1].Id, IntentStatus.PartlySucceeded, "sbx", 29_000, null, null));
        var april = Assert.Single(Of(story, StatementParty.Lab, Month("2026-04")));
        Assert.Equal((0, -100, 29_000, 0), (april.OpeningMinor, april.ClosingMinor, april.PaidOutMinor, april.InTransitMinor));
        Assert.Equal(100, Assert.Single(april.Lines).CreditMinor); // came back
    }

    [Fact]
    public void What_counts_in_a_closed_month_but_was_recorded_later_is_marked()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Sleep("2026-04-02").Pay(40_000, receivedOn: "2026-03-30");

        StatementLine Line<TEvent>(LedgerMonth? closedThrough = null) =>
            Assert.Single(Of(story, StatementParty.Company, Month("2026-04"), closedThrough: closedThrough)).Lines.First(l => l.Happened is TEvent);
        var open = Line<ReceiptRecorded>();
        Assert.Equal((Deals.Day("2026-04-02"), Deals.Day("2026-03-30"), (LedgerMonth?)null), (open.RecordedOn, open.ValueOn, open.Corrects));
        Assert.Null(Line<ReceiptRecorded>(Month("2026-02")).Corrects);
        Assert.Equal(Month("2026-03"), Line<ReceiptRecorded>(Month("2026-03")).Corrects);
        Assert.Null(Line<ReceiptAllocated>(Month("2026-03")).Corrects); // in April

        Assert.DoesNotContain(Of(story, StatementParty.Company, Month("2026-03")).SelectMany(s => s.Lines), l => l.Happened is ReceiptRecorded);
    }

    [Fact]
    public void Parties_share_no_account() => Assert.All(
        ChartOfAccounts.All.Select(a => a.Code).Append(ChartOfAccounts.InventorPayable(1)),
        account => Assert.True(Parties.Count(p => PartyStatement.IsOwn(p.Party, p.Inventor, account)) <= 1));

    [Fact]
    public void Every_event_that_posts_says_from_when_it_counts() => RandomStories.Any.Sample(
        told => RandomStories.Tell(told).Events.All(e =>
            !AgreementPostings.EntriesFor(e).Any() || StatementTelling.ValueOn(e, DateOnly.MinValue) != DateOnly.MinValue));

    [Fact]
    public void Months_add_up_follow_on_each_other_and_end_where_the_ledger_is() => RandomStories.Any.Sample(
        told =>
        {
            var story = RandomStories.Tell(told);
            foreach (var (party, inventor) in Parties)
            {
                var closing = new Dictionary<Currency, long>();
                var transit = 0L;
                for (var month = LedgerMonth.Of(story.Told[0].AtUtc); month <= LedgerMonth.Of(story.NowUtc); month = month.Next)
                {
                    var statements = Of(story, party, month, inventor).ToDictionary(s => s.Currency);
                    Assert.All(closing.Where(c => c.Value != 0), c => Assert.True(statements.ContainsKey(c.Key)));
                    foreach (var (currency, s) in statements)
                    {
                        Assert.Equal(closing.GetValueOrDefault(currency), s.OpeningMinor);
                        Assert.Equal(s.ClosingMinor, s.OpeningMinor + s.Lines.Sum(l => l.DebitMinor) - s.Lines.Sum(l => l.CreditMinor));
                        Assert.All(s.Lines, l => Assert.Equal(month, LedgerMonth.Of(l.RecordedOn)));
                        Assert.Equal(s.ClosingMinor, s.Lines.Count == 0 ? s.OpeningMinor : s.Lines[^1].BalanceMinor);
                        if (s.Income is { } income)
                        {
                            // What did not go to anybody else is what the lab's accounts gained, but for payments.
                            Assert.Equal(
                                income.CollectedMinor - income.FeeMinor - income.BrokerMinor - income.InventorsMinor,
                                s.Lines.Where(l => l.Happened is ReceiptAllocated or AllocationReversed or IncomeDistributed).Sum(l => l.CreditMinor - l.DebitMinor));
                        }
                    }

                    closing = statements.ToDictionary(s => s.Key, s => s.Value.ClosingMinor);
                    transit = statements.Values.Sum(s => s.InTransitMinor);
                }

                Assert.All(
                    story.State.Balances.Keys.Select(key => Currency.Parse(Agreement.AccountOf(key).CurrencyCode).Value).Distinct(),
                    currency => Assert.Equal(
                        story.State.Balances.Where(b => Agreement.AccountOf(b.Key) is var (a, c) && c == currency.Code && PartyStatement.IsOwn(party, inventor, a)).Sum(b => b.Value),
                        closing.GetValueOrDefault(currency)));
                Assert.Equal(
                    story.State.Intents.Where(i => i.IsOpen && i.Kind is IntentKind.Payout or IntentKind.Refund && i.IsOpen && BelongsTo(i.Payee!, party, inventor)).Sum(i => i.Amount.AmountMinor),
                    transit);
            }
        });

    [Fact]
    public void Totals_are_sums_by_currency()
    {
        var (one, other) = (AgreementOf("one", Currency.Cny, 5, 7), AgreementOf("other", Currency.Cny, -2, 4));
        var yen = AgreementOf("one", Currency.Parse("JPY").Value, 1, 0);
        var statement = PartyStatement.Of(StatementParty.Lab, Month("2026-03"), [yen, one, other]);
        Assert.Equal(3, statement.Agreements.Count);
        Assert.Equal([(Currency.Cny, 3L, 11L), (yen.Currency, 1L, 0L)], statement.Totals.Select(t => (t.Currency, t.OpeningMinor, t.ClosingMinor)));
        Assert.Equal(new LabIncome(20, 2, 0, 8, 10), statement.Totals[0].Income);
    }

    private static bool BelongsTo(string payee, StatementParty party, int? inventor) => party switch
    {
        StatementParty.Company => payee is "company" or "guarantor",
        StatementParty.Lab => payee == "lab",
        StatementParty.Broker => payee == "broker",
        StatementParty.Inventor => payee == $"inventor:{inventor}",
    };

    private static AgreementStatement AgreementOf(string id, Currency currency, long openingMinor, long closingMinor) =>
        new(DerivedId.From<AgreementId>(id), currency, openingMinor, [], closingMinor, 0, 0, new LabIncome(10, 1, 0, 4, 5));

    private static List<AgreementStatement> Of(AgreementStory story, StatementParty party, LedgerMonth month, int? inventor = null, LedgerMonth? closedThrough = null)
    {
        var telling = new StatementTelling(story.State.Id, party, inventor, month, closedThrough);
        foreach (var told in story.Told)
        {
            foreach (var happened in told.Events)
            {
                telling.Hear(happened, told.AtUtc);
            }
        }

        return [.. telling.Statements()];
    }

    private static LedgerMonth Month(string text) => LedgerMonth.Parse(text).Value;
}
