using CsCheck;
using Marketplace.Domain.Guarantees;

namespace Marketplace.Domain.Tests.Guarantees;

public sealed class GuaranteePoolTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly Actor Guarantor = new(ActorRole.Guarantor, Actors.StrangerId, "gao");

    /// <summary>1 000.00 of capacity, 1.5 % premium: of 333.33 it is 4.99995, so 5.00.</summary>
    [Fact]
    public void Up_to_the_capacity_and_no_cent_more()
    {
        var state = After(Offered(), Reserve("a", 333_33));
        Assert.Equal("cover-over-capacity", Decide(state, Reserve("b", 666_68)).Refusal?.Code);
        Assert.Equal([new CoverReserved(Agr("b"), Cny(666_67), Cny(10_00), 1_000_00, 1_000_00)], Decide(state, Reserve("b", 666_67)).Value);
        Assert.Equal([new CoverReserved(Agr("a"), Cny(333_33), Cny(5_00), 333_33, 1_000_00)], Decide(Offered(), Reserve("a", 333_33)).Value);
    }

    [Fact]
    public void What_has_been_paid_or_is_over_is_free_again()
    {
        var state = After(Offered(), Reserve("a", 900_00));
        Assert.Equal("cover-over-capacity", Decide(state, Reserve("b", 200_00)).Refusal?.Code);
        var again = Decide(state, Reserve("b", 200_00) with { Now = [new(Agr("a"), Cny(0))] }).Value;
        Assert.Equal([typeof(CoverReduced), typeof(CoverReserved)], again.Select(e => e.GetType()));
        Assert.Equal(["b"], again.Aggregate(state, GuaranteePool.Apply).Covers.Keys.Select(k => k == Agr("b").Value ? "b" : k));
    }

    [Fact]
    public void Nothing_is_covered_that_was_not_offered()
    {
        Assert.Equal("guarantees-not-offered", Decide(GuaranteePool.Initial, Reserve("a", 1)).Refusal?.Code);
        Assert.Equal("cover-too-high", Decide(Offered(), Reserve("a", 1) with { CoverPpm = 800_001 }).Refusal?.Code);
    }

    [Theory]
    [InlineData(-1, 0, 1, "offer.capacityMinor")]
    [InlineData(1, 200_001, 1, "offer.premiumPpm")]
    [InlineData(1, 0, 0, "offer.mostCoverPpm")]
    [InlineData(1, 0, 1_000_001, "offer.mostCoverPpm")]
    public void An_offer_without_sense_is_refused(long capacityMinor, long premiumPpm, long mostCoverPpm, string field) =>
        Assert.Equal(field, Decide(GuaranteePool.Initial, new OfferGuarantees(Actors.StrangerId, Currency.Cny, new(capacityMinor, premiumPpm, mostCoverPpm))).Refusal?.Field);

    [Theory]
    [InlineData("Owner", RefusalKind.NotFound)]
    [InlineData("Company", null)] // of the same organisation: the door lets only guarantors ask
    [InlineData("Administrator", RefusalKind.Forbidden)]
    [InlineData("Visitor", RefusalKind.NotFound)]
    public void Only_the_guarantor_says_what_it_stands_for(string asker, RefusalKind? refused) => Assert.Equal(
        refused, GuaranteePool.Decide(GuaranteePool.Initial, new OfferGuarantees(Actors.StrangerId, Currency.Cny, new(1, 0, 1)), Actors.At(Now, Actors.Named(asker))).Refusal?.Kind);

    [Fact]
    public void No_signature_passes_the_capacity() =>
        Gen.Select(Gen.Int[0, 5], Gen.Long[1, 1_000_00], Gen.Long[0, 1_000_00]).List[1, 30].Sample(signatures =>
        {
            var state = Offered();
            foreach (var (number, amount, left) in signatures)
            {
                var decided = Decide(state, Reserve($"{number}", amount) with { Now = [new(Agr($"{(number + 1) % 6}"), Cny(left))] });
                state = decided.IsRefused ? state : decided.Value.Aggregate(state, GuaranteePool.Apply);
                Assert.True(state.CoveredMinor(Currency.Cny) <= 1_000_00);
            }
        });

    private static GuaranteePoolState Offered() => After(GuaranteePool.Initial, new OfferGuarantees(Actors.StrangerId, Currency.Cny, new(1_000_00, 15_000, 800_000)));

    private static ReserveCover Reserve(string agreement, long amountMinor) => new(Actors.StrangerId, new(Agr(agreement), Cny(amountMinor)), 800_000, []);

    private static Money Cny(long amountMinor) => new(amountMinor, Currency.Cny);

    private static AgreementId Agr(string name) => DerivedId.From<AgreementId>(name);

    private static GuaranteePoolState After(GuaranteePoolState state, GuaranteeCommand command) => Decide(state, command).Value.Aggregate(state, GuaranteePool.Apply);

    private static Result<IReadOnlyList<GuaranteeEvent>> Decide(GuaranteePoolState state, GuaranteeCommand command) =>
        GuaranteePool.Decide(state, command, Actors.At(Now, Guarantor));
}
