using CsCheck;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Rights;

namespace Marketplace.Domain.Tests.Rights;

public sealed class RightsRegisterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = LocalTime.DateOf(Now);

    [Theory]
    // the two kinds, whether they stand in each other's way
    [InlineData(LicenceKind.NonExclusive, LicenceKind.NonExclusive, null)]
    [InlineData(LicenceKind.NonExclusive, LicenceKind.Sole, "rights-conflict")]
    [InlineData(LicenceKind.NonExclusive, LicenceKind.Exclusive, "rights-conflict")]
    [InlineData(LicenceKind.NonExclusive, LicenceKind.Assignment, "rights-conflict")]
    [InlineData(LicenceKind.Sole, LicenceKind.Sole, "rights-conflict")]
    [InlineData(LicenceKind.Exclusive, LicenceKind.NonExclusive, "rights-conflict")]
    [InlineData(LicenceKind.Exclusive, LicenceKind.Exclusive, "rights-conflict")]
    [InlineData(LicenceKind.Assignment, LicenceKind.NonExclusive, "rights-conflict")]
    public void Exclusive_rights_are_promised_once(LicenceKind first, LicenceKind second, string? refusal) =>
        Assert.Equal(refusal, Sign(After(Claim("a") with { Licence = first }), Claim("b") with { Licence = second }).Refusal?.Code);

    [Fact]
    public void Another_result_is_another_right_unless_one_patent_protects_both()
    {
        var exclusive = Claim("a") with { Licence = LicenceKind.Exclusive, Patents = ["201310699744.2"] };
        var other = Claim("b") with { Licence = LicenceKind.Exclusive, Result = DerivedId.From<LabResultId>("another") };
        Assert.Null(Sign(After(exclusive), other).Refusal);
        Assert.Equal("rights-conflict", Sign(After(exclusive), other with { Patents = ["201310699744.2", "1"] }).Refusal?.Code);
    }

    [Fact]
    public void Other_provinces_are_free()
    {
        var tianjin = Claim("a") with { Licence = LicenceKind.Exclusive, Territory = "天津市" };
        Assert.Null(Sign(After(tianjin), tianjin with { Agreement = Agr("b"), Territory = "河北省" }).Refusal);
    }

    [Fact]
    public void What_words_cannot_tell_apart_the_lab_has_to_acknowledge()
    {
        var medical = Claim("a") with { Licence = LicenceKind.Exclusive, FieldOfUse = "医疗器械" };
        var water = medical with { Agreement = Agr("b"), FieldOfUse = "水处理" };
        Assert.Equal("rights-may-conflict", Sign(After(medical), water).Refusal?.Code);
        var reserved = Assert.IsType<RightsReserved>(Assert.Single(Sign(After(medical), water, acknowledges: true).Value));
        Assert.Equal([Agr("a")], reserved.Acknowledged);
    }

    [Fact]
    public void An_acknowledgement_does_not_help_against_a_certain_conflict() =>
        Assert.Equal("rights-conflict", Sign(After(Claim("a") with { Licence = LicenceKind.Exclusive }), Claim("b"), acknowledges: true).Refusal?.Code);

    [Fact]
    public void What_is_over_is_free_again()
    {
        var exclusive = Claim("a") with { Licence = LicenceKind.Exclusive };
        var events = Decide(After(exclusive), new ReserveRights(Actors.LabId, exclusive with { Agreement = Agr("b") }, [Agr("a")], false), Actors.Lab).Value;
        Assert.Equal([typeof(RightsReleased), typeof(RightsReserved)], events.Select(e => e.GetType()));
        Assert.Equal(Agr("b"), Assert.Single(events.Aggregate(After(exclusive), RightsRegister.Apply).Granted).Agreement);
    }

    [Fact]
    public void A_licence_that_has_run_out_is_in_nobodys_way()
    {
        var ended = Claim("a") with { Licence = LicenceKind.Exclusive, From = Today.AddYears(-5), Until = Today.AddDays(-1) };
        Assert.Null(Sign(After(ended), Claim("b")).Refusal);
        Assert.Equal("rights-conflict", Sign(After(ended with { Until = null }), Claim("b")).Refusal?.Code); // an assignment never does
    }

    [Fact]
    public void Other_terms_of_one_agreement_take_the_place_of_its_former()
    {
        var state = After(Claim("a"));
        var again = Sign(state, Claim("a") with { Licence = LicenceKind.Exclusive });
        Assert.Equal(LicenceKind.Exclusive, Assert.Single(again.Value.Aggregate(state, RightsRegister.Apply).Granted).Licence);
    }

    [Theory]
    [InlineData("OtherLab", RefusalKind.NotFound)]
    [InlineData("Company", RefusalKind.NotFound)]
    [InlineData("Visitor", RefusalKind.NotFound)]
    [InlineData("Administrator", RefusalKind.Forbidden)]
    public void Only_the_lab_gives_its_rights(string asker, RefusalKind refused) =>
        Assert.Equal(refused, Decide(RightsRegister.Initial, new ReserveRights(Actors.LabId, Claim("a"), [], false), Actors.Named(asker)).Refusal?.Kind);

    /// <summary>Whatever is asked in whatever order, no two agreements in the register certainly promise one right.</summary>
    [Fact]
    public void The_register_never_holds_a_certain_conflict() =>
        Gen.Select(Gen.Int[0, 9], OneOf(Enum.GetValues<LicenceKind>()), OneOf("天津市", "河北省", "中国", "东北"), OneOf("全部领域", "水处理", "医疗器械"), Gen.Bool)
            .List[1, 20].Sample(asked =>
            {
                var state = RightsRegister.Initial;
                foreach (var (number, licence, territory, field, acknowledges) in asked)
                {
                    var claim = Claim($"{number}") with { Licence = licence, Territory = territory, FieldOfUse = field };
                    var decided = Sign(state, claim, acknowledges);
                    state = decided.IsRefused ? state : decided.Value.Aggregate(state, RightsRegister.Apply);
                }

                Assert.All(state.Granted, claim => Assert.DoesNotContain(state.ConflictsOf(claim), c => c.Overlap == Overlap.Certain));
            });

    private static Result<IReadOnlyList<RightsEvent>> Sign(RightsRegisterState state, RightsClaim claim, bool acknowledges = false) =>
        Decide(state, new ReserveRights(Actors.LabId, claim, [], acknowledges), Actors.Lab);

    private static Result<IReadOnlyList<RightsEvent>> Decide(RightsRegisterState state, RightsCommand command, Actor actor) =>
        RightsRegister.Decide(state, command, Actors.At(Now, actor));

    private static RightsRegisterState After(params RightsClaim[] claims) =>
        claims.Aggregate(RightsRegister.Initial, (s, c) => RightsRegister.Apply(s, new RightsReserved(c, [])));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static AgreementId Agr(string name) => DerivedId.From<AgreementId>(name);

    private static RightsClaim Claim(string agreement) => new(
        Agr(agreement), Actors.StrangerId, DerivedId.From<LabResultId>("a result"), [], LicenceKind.NonExclusive, "工业仿真", "中国大陆", Today, Today.AddYears(4));
}
