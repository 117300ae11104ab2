using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Files;
using Marketplace.Domain.Invoicing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>E-fapiao for sums that were invoiced: what may stand beside what, and that no money moves by them.</summary>
public sealed class FapiaoTests
{
    private static readonly RecordFapiao Blue = Deals.Fapiao(1, 1, "2026-03-03", 60_000, 3_396);

    /// <summary>CNY 1 000.00, invoiced on 3 March 2026.</summary>
    private static AgreementStory Invoiced() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-10");

    [Fact]
    public void Parts_are_invoiced_one_by_one_until_the_principal_is()
    {
        var story = Invoiced().Do(Deals.Lab, Blue);
        Assert.Equal(40_000, AgreementRules.LeftForFapiaoMinor(story.State, 1));
        story.Refused("fapiao-over-principal", Deals.Lab, Deals.Fapiao(1, 2, "2026-03-04", 40_001))
            .Do(Deals.Administrator, Deals.Fapiao(1, 2, "2026-03-04", 40_000))
            .Refused("fapiao-over-principal", Deals.Lab, Deals.Fapiao(1, 3, "2026-03-04", 1));
        Assert.Equal([Party.Lab, Party.None], story.All<FapiaoRecorded>().Select(e => e.By));
        story.Replays();
    }

    [Fact]
    public void No_money_moves_by_a_fapiao_and_nothing_that_is_owed_changes()
    {
        var before = Invoiced();
        var after = before.Copy().Do(Deals.Lab, Blue).Do(Deals.Lab, Deals.Red(1, 2, "2026-03-05", -60_000, -3_396)).Do(Deals.Lab, new WithdrawFapiaoRecord(2, "误录"));
        Assert.Equal(before.State.Balances, after.State.Balances);
        Assert.Equal(Json.Of(before.State.Obligations), Json.Of(after.State.Obligations));
    }

    public static TheoryData<string, RecordFapiao> Wrong => new()
    {
        { "obligation-unknown", Blue with { Obligation = 2 } },
        { "fapiao-number-length", Blue with { Number = default } },
        { "fapiao-date", Blue with { IssuedOn = Deals.Day("2026-03-11") } }, // tomorrow
        { "fapiao-date", Blue with { IssuedOn = Deals.Day("2025-03-02"), Number = Deals.FapiaoNumber(2025, 1) } },
        { "fapiao-year", Blue with { IssuedOn = Deals.Day("2025-12-31") } }, // its number begins with 26
        { "amount-not-positive", Blue with { Total = Deals.Yuan(0) } },
        { "amount-not-positive", Blue with { Total = Deals.Yuan(-60_000) } },
        { "currency-missing", Blue with { Total = default } },
        { "currency-differs", Blue with { Total = new Money(60_000, Currency.Parse("USD").Value) } },
        { "currency-differs", Blue with { Tax = default } },
        { "fapiao-tax", Blue with { Tax = Deals.Yuan(60_000) } },
        { "fapiao-tax", Blue with { Tax = Deals.Yuan(-1) } },
        { "fapiao-tax", Blue with { Tax = Deals.Yuan(long.MinValue) } },
        { "fapiao-buyer", Blue with { Buyer = Actors.LabCode } },
        { "file-type", Blue with { File = Blue.File with { MediaType = FileTypes.Png } } }, // a picture is no original
        { "hash-malformed", Blue with { File = Blue.File with { Sha256 = "../../etc/passwd" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_does_not_fit_is_refused(string code, RecordFapiao wrong) => Invoiced().Refused(code, Deals.Lab, wrong);

    [Fact]
    public void An_older_number_says_nothing_of_the_year_of_issue() =>
        Invoiced().Do(Deals.Lab, Blue with { Number = FapiaoNumber.Parse("012001900111-12345678", "number").Value });

    [Fact]
    public void What_is_not_invoiced_gets_no_fapiao() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-01-05")
        .Refused("obligation-not-invoiced", Deals.Lab, Deals.Fapiao(1, 1, "2026-01-05", 1));

    [Fact]
    public void Fapiao_are_issued_in_yuan() => AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()) with { Currency = Currency.Parse("USD").Value })
        .Until("2026-03-10").Refused("fapiao-in-yuan", Deals.Lab, Blue);

    [Fact]
    public void They_may_come_when_all_is_paid_and_the_agreement_is_closed() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Pay(100_000)
        .Do(Deals.Lab, new DistributeIncome()).Do(Deals.Lab, new PayLab("sandbox", "acct"))
        .Do(Deals.Lab, Blue);

    [Fact]
    public void Red_ones_make_room_for_others_and_take_back_no_more_than_their_blue_one()
    {
        var story = Invoiced().Do(Deals.Lab, Deals.Fapiao(1, 1, "2026-03-03", 100_000, 6_000))
            .Refused("fapiao-unknown", Deals.Lab, Deals.Red(2, 2, "2026-03-05", -1))
            .Refused("fapiao-not-negative", Deals.Lab, Deals.Red(1, 2, "2026-03-05", 1))
            .Refused("fapiao-over-blue", Deals.Lab, Deals.Red(1, 2, "2026-03-05", -100_001))
            .Refused("fapiao-over-blue", Deals.Lab, Deals.Red(1, 2, "2026-03-05", -100_000, -6_001))
            .Refused("fapiao-over-blue", Deals.Lab, Deals.Red(1, 2, "2026-03-05", long.MinValue))
            .Refused("fapiao-tax", Deals.Lab, Deals.Red(1, 2, "2026-03-05", -100_000, 0)) // tax would be left of nothing
            .Refused("fapiao-tax", Deals.Lab, Deals.Red(1, 2, "2026-03-05", -10, 1))
            .Refused("dates-out-of-order", Deals.Lab, Deals.Red(1, 2, "2026-03-02", -1))
            .Do(Deals.Lab, Deals.Red(1, 2, "2026-03-05", -70_000, -4_200))
            .Refused("fapiao-over-blue", Deals.Lab, Deals.Red(1, 3, "2026-03-05", -30_001))
            .Refused("fapiao-not-blue", Deals.Lab, Deals.Red(2, 3, "2026-03-05", -1))
            .Refused("fapiao-over-principal", Deals.Lab, Deals.Fapiao(1, 3, "2026-03-06", 70_001))
            .Do(Deals.Lab, Deals.Fapiao(1, 3, "2026-03-06", 70_000));
        Assert.Equal((100_000, 0), (story.State.FapiaoMinor(1), AgreementRules.LeftForFapiaoMinor(story.State, 1)));
        story.Replays();
    }

    [Fact]
    public void A_number_stands_once_and_comes_back_after_it_was_withdrawn()
    {
        var story = Invoiced().Do(Deals.Lab, Blue)
            .Refused("fapiao-recorded", Deals.Lab, Blue with { Total = Deals.Yuan(1), Tax = Deals.Yuan(0) })
            .Refused("text-missing", Deals.Lab, new WithdrawFapiaoRecord(1, " "))
            .Refused("fapiao-unknown", Deals.Lab, new WithdrawFapiaoRecord(2, "误录"))
            .Do(Deals.Lab, new WithdrawFapiaoRecord(1, "金额有误"))
            .Refused("fapiao-withdrawn", Deals.Lab, new WithdrawFapiaoRecord(1, "金额有误"))
            .Refused("fapiao-not-blue", Deals.Lab, Deals.Red(1, 2, "2026-03-05", -1))
            .Do(Deals.Lab, Blue with { Total = Deals.Yuan(100_000) });
        Assert.Equal(["金额有误", null], story.State.Fapiao.Select(f => f.WithdrawnFor)); // the first stays to be seen
        Assert.Equal(100_000, story.State.FapiaoMinor(1));
    }

    [Fact]
    public void Records_that_others_rest_on_are_not_withdrawn_before_those()
    {
        var story = Invoiced().Do(Deals.Lab, Deals.Fapiao(1, 1, "2026-03-03", 100_000)).Do(Deals.Lab, Deals.Red(1, 2, "2026-03-05", -40_000))
            .Refused("fapiao-has-red", Deals.Lab, new WithdrawFapiaoRecord(1, "误录"));
        story.Copy().Do(Deals.Lab, new WithdrawFapiaoRecord(2, "误录")).Do(Deals.Lab, new WithdrawFapiaoRecord(1, "误录"));

        // Once its place is taken, the red one has to stay.
        story.Do(Deals.Lab, Deals.Fapiao(1, 3, "2026-03-06", 40_000)).Refused("fapiao-over-principal", Deals.Lab, new WithdrawFapiaoRecord(2, "误录"));
    }

    [Fact]
    public void What_was_waived_needs_no_fapiao_and_what_stands_on_one_shows_as_too_much()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03")
            .Do(Deals.Lab, Deals.Fapiao(1, 1, "2026-03-03", 50_000)).Do(Deals.Lab, new WaiveObligation(1, Deals.Yuan(30_000), "谅解"));
        Assert.Equal(20_000, AgreementRules.LeftForFapiaoMinor(story.State, 1));
        story.Do(Deals.Lab, new WaiveObligation(1, Deals.Yuan(40_000), "谅解")).Refused("fapiao-over-principal", Deals.Lab, Deals.Fapiao(1, 2, "2026-03-03", 1));
        Assert.Equal(-20_000, AgreementRules.LeftForFapiaoMinor(story.State, 1));

        // Recorded wrongly, the red one can be put right all the same.
        story.Do(Deals.Lab, Deals.Red(1, 2, "2026-03-03", -10_000)).Do(Deals.Lab, new WithdrawFapiaoRecord(2, "误录")).Do(Deals.Lab, Deals.Red(1, 2, "2026-03-03", -20_000));
    }

    /// <summary>Any fapiao in any order: what stands is never negative and never above the principal (the story checks the invariants after each).</summary>
    [Fact]
    public void However_they_are_recorded_they_stay_within_the_principal() =>
        Gen.Select(Gen.Int[0, 2], Gen.Long[-120_000, 120_000], Gen.Int[1, 6]).Array[1, 12].Sample(
            moves =>
            {
                var (story, number) = (Invoiced(), 0);
                foreach (var (what, amount, record) in moves)
                {
                    number++;
                    story.Ask(Deals.Lab, what switch
                    {
                        0 => Deals.Fapiao(1, number, "2026-03-05", amount, amount / 20),
                        1 => Deals.Red(record, number, "2026-03-06", amount, amount / 20),
                        _ => new WithdrawFapiaoRecord(record, "误录"),
                    });
                    Assert.InRange(story.State.FapiaoMinor(1), 0, 100_000);
                }
            },
            iter: 200);

    [Fact]
    public void One_agreement_takes_a_number_for_good()
    {
        var (one, other) = (DerivedId.From<AgreementId>("one"), DerivedId.From<AgreementId>("other"));
        var number = Deals.FapiaoNumber(2026, 1);
        var context = Actors.At(DateTimeOffset.UnixEpoch, Actors.Lab);
        var taken = Assert.Single(FapiaoRegister.Decide(FapiaoRegister.Initial, new TakeFapiaoNumber(number, one), context).Value);
        var state = FapiaoRegister.Apply(FapiaoRegister.Initial, taken);
        Assert.Empty(FapiaoRegister.Decide(state, new TakeFapiaoNumber(number, one), context).Value);
        Assert.Equal("fapiao-of-another-agreement", FapiaoRegister.Decide(state, new TakeFapiaoNumber(number, other), context).Refusal?.Code);
        Assert.Equal(RefusalKind.Forbidden, FapiaoRegister.Decide(state, new TakeFapiaoNumber(number, one), Actors.At(DateTimeOffset.UnixEpoch, Actors.Company)).Refusal?.Kind);
    }
}
