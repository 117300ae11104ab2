using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Tests.Licensing;

public sealed class OfferTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero); // 3 March in Tianjin
    private static readonly LabResultId ResultId = DerivedId.From<LabResultId>("a result");

    public static TheoryData<string, string, string> Lifecycle => DecisionTable.Cells("""
                   Make  Withdraw
        Absent     Open  404
        Open       409   Withdrawn
        Withdrawn  409   409
        """);

    public static TheoryData<string, string, string> Askers => DecisionTable.Cells("""
                       Make  Withdraw
        Owner          Open  Withdrawn
        OtherLab       404   404
        Company        404   404
        Visitor        404   404
        Administrator  403   Withdrawn
        System         Open  Withdrawn
        """);

    [Theory, MemberData(nameof(Lifecycle))]
    public void Every_command_in_every_state_is_answered(string status, string command, string expected) =>
        Assert.Equal(expected, Ask(InStatus(Enum.Parse<OfferStatus>(status)), CommandNamed(command), Actor.System));

    [Theory, MemberData(nameof(Askers))]
    public void Only_the_owner_of_a_result_offers_it(string asker, string command, string expected) =>
        Assert.Equal(expected, Ask(InStatus(command == "Make" ? OfferStatus.Absent : OfferStatus.Open), CommandNamed(command), Actors.Named(asker)));

    [Theory]
    [InlineData(ResultStatus.Draft)]
    [InlineData(ResultStatus.Submitted)]
    [InlineData(ResultStatus.Priced)]
    [InlineData(ResultStatus.PublicNotice)]
    [InlineData(ResultStatus.Suspended)]
    [InlineData(ResultStatus.Withdrawn)]
    public void Only_a_listed_result_is_offered(ResultStatus status) =>
        Assert.Equal("result-not-listed", Decide(Offer.Initial, Making() with { ResultStatus = status }).Refusal?.Code);

    [Fact]
    public void A_suspended_lab_offers_nothing_new() =>
        Assert.Equal("lab-not-verified", Decide(Offer.Initial, Making() with { LabStatus = OrganisationStatus.Suspended }).Refusal?.Code);

    [Theory]
    [InlineData("2026-03-02", true)] // today in UTC, yesterday in Tianjin
    [InlineData("2026-03-03", false)]
    [InlineData("2029-03-03", false)]
    [InlineData("2029-03-04", true)]
    public void An_offer_is_valid_from_today_to_three_years_ahead(string until, bool isRefused) =>
        Assert.Equal(isRefused, Decide(Offer.Initial, Making() with { ValidUntil = DateOnly.ParseExact(until, "O") }).Refusal?.Code == "valid-until-out-of-range");

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void Terms_that_cannot_stand_are_not_offered(int trialMonths) =>
        Assert.Equal("terms.trialMonths", Decide(Offer.Initial, Making() with { Terms = Terms() with { TrialMonths = trialMonths } }).Refusal?.Field);

    [Fact]
    public void An_offer_is_open_on_its_last_day_and_not_after()
    {
        var open = InStatus(OfferStatus.Open);

        Assert.True(open.IsOpenOn(open.ValidUntil));
        Assert.False(open.IsOpenOn(open.ValidUntil.AddDays(1)));
        Assert.False(InStatus(OfferStatus.Withdrawn).IsOpenOn(open.ValidUntil));
        Assert.False(Offer.Initial.IsOpenOn(default));
    }

    private static string Ask(OfferState state, OfferCommand command, Actor actor) => DecisionTable.Answer(
        Offer.Decide(state, command, Actors.At(Now, actor)), state, Offer.Apply, s => s.Status.ToString());

    private static Result<IReadOnlyList<OfferEvent>> Decide(OfferState state, OfferCommand command) =>
        Offer.Decide(state, command, Actors.At(Now, Actors.Lab));

    private static OfferCommand CommandNamed(string name) => name switch
    {
        "Make" => Making(),
        "Withdraw" => new WithdrawOffer("条件有变"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown command"),
    };

    private static MakeOffer Making() =>
        new(ResultId, Actors.LabId, ResultStatus.Listed, OrganisationStatus.Verified, Terms(), new DateOnly(2026, 12, 31));

    private static AgreementTerms Terms() => new(
        LicenceKind.NonExclusive,
        "工业软件",
        "中国大陆",
        TrialMonths: 12,
        CommercialMonths: 36,
        Currency.Cny,
        [new DeferredLumpSum(300_000_00, 12, PayDateRule.Earlier)],
        Reporting: null,
        LateInterestTerms.Standard,
        PlatformFeePpm: 20_000,
        CureDays: 30);

    private static OfferState InStatus(OfferStatus status) => status switch
    {
        OfferStatus.Absent => Offer.Initial,
        OfferStatus.Open => After(Offer.Initial, "Make"),
        OfferStatus.Withdrawn => After(InStatus(OfferStatus.Open), "Withdraw"),
    };

    private static OfferState After(OfferState state, string command) =>
        Offer.Decide(state, CommandNamed(command), Actors.At(Now, Actor.System)).Value.Aggregate(state, Offer.Apply);
}
