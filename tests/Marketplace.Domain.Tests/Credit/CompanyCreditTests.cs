using CsCheck;
using Marketplace.Domain.Credit;

namespace Marketplace.Domain.Tests.Credit;

public sealed class CompanyCreditTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly long BaseMinor = InnovationIndex.Current.ExposureLimitMinor(null);
    private static readonly Currency Yen = Currency.Parse("JPY", "currency").Value;

    [Fact]
    public void Up_to_the_limit_is_allowed_and_one_cent_more_is_not()
    {
        var state = After(CompanyCredit.Initial, Reserve("a", BaseMinor - 100));
        Assert.Equal("exposure-over-limit", Decide(state, Reserve("b", 101)).Refusal?.Code);
        var reserved = Assert.IsType<ExposureReserved>(Assert.Single(Decide(state, Reserve("b", 100)).Value));
        Assert.Equal((BaseMinor, BaseMinor), (reserved.HeldMinor, reserved.LimitMinor));
    }

    [Fact]
    public void What_has_been_paid_since_is_free_again()
    {
        var state = After(CompanyCredit.Initial, Reserve("a", BaseMinor - 100));
        var events = Decide(state, Reserve("b", 500) with { Now = [new(Agr("a"), Cny(1_000))] }).Value;
        Assert.Equal([new ExposureReduced(Agr("a"), Cny(1_000)), new ExposureReserved(Agr("b"), Cny(500), 1_500, BaseMinor)], events);
    }

    [Fact]
    public void What_came_on_top_later_is_no_reservation()
    {
        var state = After(CompanyCredit.Initial, Reserve("a", 1_000));
        Assert.Equal([new ExposureReserved(Agr("b"), Cny(500), 1_500, BaseMinor)], Decide(state, Reserve("b", 500) with { Now = [new(Agr("a"), Cny(2_000))] }).Value);
    }

    [Fact]
    public void Other_terms_of_one_agreement_take_the_place_of_its_former() =>
        Assert.Equal(
            [new ExposureReserved(Agr("a"), Cny(BaseMinor), BaseMinor, BaseMinor)],
            Decide(After(CompanyCredit.Initial, Reserve("a", BaseMinor - 5)), Reserve("a", BaseMinor)).Value);

    [Fact]
    public void In_another_currency_an_administrator_sets_the_limit_first()
    {
        var yen = new ReserveExposure(Actors.StrangerId, new(Agr("a"), new Money(1_000, Yen)), []);
        Assert.Equal("exposure-limit-missing", Decide(CompanyCredit.Initial, yen).Refusal?.Code);
        var allowed = After(CompanyCredit.Initial, new SetExposureLimit(Actors.StrangerId, new Money(1_000, Yen), "担保"), Actors.Administrator);
        Assert.False(Decide(allowed, yen).IsRefused);
    }

    [Fact]
    public void Points_raise_the_limit_and_an_administrator_has_the_last_word()
    {
        var best = InnovationIndex.Current.Indicators.ToDictionary(i => i.Key, i => i.Highest);
        var assessed = After(CompanyCredit.Initial, new AssessInnovation(Actors.StrangerId, GrowthStage.Growth, best), Actors.Administrator);
        Assert.Equal(InnovationIndex.Current.ExposureLimitMinor(assessed.Assessment!.Points), assessed.LimitMinor(Currency.Cny));
        Assert.True(assessed.LimitMinor(Currency.Cny) > BaseMinor);
        Assert.Equal(7, After(assessed, new SetExposureLimit(Actors.StrangerId, Cny(7), "风险"), Actors.Administrator).LimitMinor(Currency.Cny));
    }

    [Theory]
    [InlineData(-1, "风险", "amount-out-of-range")]
    [InlineData(5, " ", "text-missing")]
    public void A_limit_without_sense_is_refused(long limitMinor, string reason, string code) =>
        Assert.Equal(code, Decide(CompanyCredit.Initial, new SetExposureLimit(Actors.StrangerId, Cny(limitMinor), reason), Actors.Administrator).Refusal?.Code);

    [Theory]
    [InlineData("Owner", RefusalKind.NotFound)]
    [InlineData("Company", RefusalKind.Forbidden)]
    [InlineData("Visitor", RefusalKind.NotFound)]
    public void Only_administrators_say_how_much(string asker, RefusalKind refused) => Assert.Equal(
        refused, Decide(CompanyCredit.Initial, new SetExposureLimit(Actors.StrangerId, Cny(5), "x"), Actors.Named(asker)).Refusal?.Kind);

    /// <summary>Whatever is signed, paid and set in whatever order, a signature never leads above the limit of its moment.</summary>
    [Fact]
    public void No_signature_passes_the_limit() =>
        Gen.Select(Gen.Int[0, 5], Gen.Long[1, BaseMinor], Gen.Long[0, BaseMinor], Gen.Int[0, 3]).List[1, 30].Sample(moves =>
        {
            var state = CompanyCredit.Initial;
            foreach (var (number, amount, left, kind) in moves)
            {
                CreditCommand command = kind == 0
                    ? new SetExposureLimit(Actors.StrangerId, Cny(amount), "x")
                    : Reserve($"{number}", amount) with { Now = [new(Agr($"{(number + 1) % 6}"), Cny(left))] };
                var decided = Decide(state, command, kind == 0 ? Actors.Administrator : Actors.Company);
                state = decided.IsRefused ? state : decided.Value.Aggregate(state, CompanyCredit.Apply);
                Assert.True(kind == 0 || decided.IsRefused || state.HeldMinor(Currency.Cny) <= state.LimitMinor(Currency.Cny));
            }
        });

    private static ReserveExposure Reserve(string agreement, long amountMinor) => new(Actors.StrangerId, new(Agr(agreement), Cny(amountMinor)), []);

    private static Money Cny(long amountMinor) => new(amountMinor, Currency.Cny);

    private static AgreementId Agr(string name) => DerivedId.From<AgreementId>(name);

    private static CompanyCreditState After(CompanyCreditState state, CreditCommand command, Actor? actor = null) =>
        Decide(state, command, actor).Value.Aggregate(state, CompanyCredit.Apply);

    private static Result<IReadOnlyList<CreditEvent>> Decide(CompanyCreditState state, CreditCommand command, Actor? actor = null) =>
        CompanyCredit.Decide(state, command, Actors.At(Now, actor ?? Actors.Company));
}
