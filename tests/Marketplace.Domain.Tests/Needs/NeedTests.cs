using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Tests.Needs;

public sealed class NeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero); // 3 March in Tianjin
    private static readonly DateOnly Today = new(2026, 3, 3);
    private static readonly LabResultId Suggested = DerivedId.From<LabResultId>("a result");

    // The owner is a company here, so that a laboratory is the stranger.
    private static readonly Actor Company = new(ActorRole.Company, Actors.LabId, "company-officer");
    private static readonly Actor OtherCompany = new(ActorRole.Company, Actors.StrangerId, "other-company-officer");
    private static readonly Actor Lab = new(ActorRole.Lab, Actors.StrangerId, "lab-officer");
    private static readonly Actor OtherLab = new(ActorRole.Lab, DerivedId.From<OrganisationId>("a third"), "other-lab-officer");

    public static TheoryData<string, string, string> Lifecycle => DecisionTable.Cells("""
                   Publish  Change  Close   Suggest  Answer
        Absent     Open     404     404     404      404
        Open       409      Open    Closed  Open     404
        Suggested  409      Open    Closed  409      Open
        Answered   409      Open    Closed  409      409
        Closed     409      409     409     409      Closed
        """);

    public static TheoryData<string, string, string> Askers => DecisionTable.Cells("""
                       Publish  Change     Close   Suggest    Answer
        Company        Open     Suggested  Closed  404        Answered
        OtherCompany   404      404        404     403        404
        Lab            404      404        404     Suggested  404
        OtherLab       404      404        404     404        404
        Visitor        404      404        404     404        404
        Administrator  403      403        Closed  403        403
        System         Open     Suggested  Closed  Suggested  Answered
        """);

    [Theory, MemberData(nameof(Lifecycle))]
    public void Every_command_in_every_state_is_answered(string state, string command, string expected) =>
        Assert.Equal(expected, DecisionTable.Answer(Decide(In(state), CommandNamed(command), Actor.System), In(state), Need.Apply, s => s.Status.ToString()));

    [Theory, MemberData(nameof(Askers))]
    public void Needs_are_their_companys_and_suggestions_their_laboratorys(string asker, string command, string expected)
    {
        var state = In(command switch { "Publish" => "Absent", "Suggest" => "Open", _ => "Suggested" });
        var actor = asker switch { "Company" => Company, "OtherCompany" => OtherCompany, "Lab" => Lab, "OtherLab" => OtherLab, _ => Actors.Named(asker) };

        Assert.Equal(expected, DecisionTable.Answer(Decide(state, CommandNamed(command), actor), state, Need.Apply, NameOf));
    }

    [Theory]
    [InlineData(OrganisationStatus.Registered)]
    [InlineData(OrganisationStatus.Rejected)]
    [InlineData(OrganisationStatus.Suspended)]
    public void Only_a_verified_company_publishes_and_changes(OrganisationStatus status)
    {
        Assert.Equal("company-not-verified", Decide(Need.Initial, Publishing() with { CompanyStatus = status }, Company).Refusal?.Code);
        Assert.Equal("company-not-verified", Decide(In("Open"), new ChangeNeed(status, Content()), Company).Refusal?.Code);
        Assert.Equal("lab-not-verified", Decide(In("Open"), Suggesting() with { LabStatus = status }, Lab).Refusal?.Code);
    }

    [Fact]
    public void Only_a_listed_result_is_suggested() => Assert.All(
        Enum.GetValues<ResultStatus>().Where(s => s != ResultStatus.Listed),
        status => Assert.Equal("result-not-listed", Decide(In("Open"), Suggesting() with { ResultStatus = status }, Lab).Refusal?.Code));

    [Fact]
    public void A_need_ends_by_itself_after_its_last_day_and_can_be_prolonged()
    {
        var last = Content().WantedUntil;
        Assert.True(In("Open").IsOpenOn(last));
        Assert.False(In("Open").IsOpenOn(last.AddDays(1)));

        var late = LocalTime.EndOf(last);
        Assert.Equal("need-not-open", Need.Decide(In("Open"), Suggesting(), Actors.At(late, Lab)).Refusal?.Code);
        var prolonged = Need.Decide(In("Open"), new ChangeNeed(OrganisationStatus.Verified, Content() with { WantedUntil = last.AddDays(30) }), Actors.At(late, Company)).Value.Aggregate(In("Open"), Need.Apply);
        Assert.False(Need.Decide(prolonged, Suggesting(), Actors.At(late, Lab)).IsRefused);
    }

    [Fact]
    public void What_does_not_suit_needs_a_reason_and_what_interests_does_not()
    {
        Assert.Equal("reason", Decide(In("Suggested"), new AnswerSuggestion(Suggested, SuggestionAnswer.NotSuitable, " "), Company).Refusal?.Field);
        Assert.False(Decide(In("Suggested"), new AnswerSuggestion(Suggested, SuggestionAnswer.NotSuitable, "温度太高"), Company).IsRefused);
        Assert.False(Decide(In("Suggested"), new AnswerSuggestion(Suggested, SuggestionAnswer.Interesting, null), Company).IsRefused);
        Assert.Equal("text-too-long", Decide(In("Suggested"), new AnswerSuggestion(Suggested, SuggestionAnswer.Interesting, new string('x', 1001)), Company).Refusal?.Code);
    }

    [Fact]
    public void A_need_takes_so_many_suggestions_and_no_more()
    {
        var state = In("Open");
        for (var i = 0; i < Need.MaxSuggestions; i++)
        {
            state = Decide(state, Suggesting() with { Result = DerivedId.From<LabResultId>($"{i}") }, Lab).Value.Aggregate(state, Need.Apply);
        }

        Assert.Equal("suggestions-too-many", Decide(state, Suggesting(), Lab).Refusal?.Code);
    }

    public static TheoryData<string, NeedContent> Malformed => new()
    {
        { "content.title.zh", Content() with { Title = new(" ", "") } },
        { "content.title.en", Content() with { Title = new("", new string('x', 101)) } },
        { "content.problem.zh", Content() with { Problem = BilingualText.Empty } },
        { "content.fields", Content() with { Fields = [] } },
        { "content.fields", Content() with { Fields = [TechnologyField.NewEnergy, TechnologyField.NewEnergy] } },
        { "content.fields", Content() with { Fields = [.. Enum.GetValues<TechnologyField>().Take(6)] } },
        { "content.minReadiness", Content() with { MinReadiness = 10 } },
        { "content.minReadiness", Content() with { MinReadiness = 0 } },
        { "content.budget", Content() with { Budget = Money.Zero(Currency.Cny) } },
        { "content.payments", Content() with { Payments = [PaymentModel.Milestone, PaymentModel.Milestone] } },
        { "content.trialMonths", Content() with { TrialMonths = 25 } },
        { "content.region", Content() with { Region = "1" } },
        { "content.region", Content() with { Region = "12\n" } },
        { "content.wantedUntil", Content() with { WantedUntil = Today.AddDays(-1) } },
        { "content.wantedUntil", Content() with { WantedUntil = Today.AddYears(2).AddDays(1) } },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void What_cannot_stand_is_refused_at_its_field(string field, NeedContent content) =>
        Assert.Equal(field, Decide(Need.Initial, Publishing() with { Content = content }, Company).Refusal?.Field);

    [Fact]
    public void Nothing_but_text_field_and_date_has_to_be_said() => Assert.False(Decide(
        Need.Initial, Publishing() with { Content = Content() with { Title = new("", "A pump"), MinReadiness = null, Budget = null, Payments = [], TrialMonths = null, Region = null, WantedUntil = Today } }, Company).IsRefused);

    private static string NameOf(NeedState state) => state.Status switch
    {
        NeedStatus.Open when state.Suggestions is [{ Answer: not null }] => "Answered",
        NeedStatus.Open when state.Suggestions.Count == 1 => "Suggested",
        var status => status.ToString(),
    };

    private static NeedState In(string name) => name switch
    {
        "Absent" => Need.Initial,
        "Open" => After("Absent", "Publish"),
        "Suggested" => After("Open", "Suggest"),
        "Answered" => After("Suggested", "Answer"),
        "Closed" => After("Suggested", "Close"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such state"),
    };

    private static NeedState After(string name, string command) => Decide(In(name), CommandNamed(command), Actor.System).Value.Aggregate(In(name), Need.Apply);

    private static NeedCommand CommandNamed(string name) => name switch
    {
        "Publish" => Publishing(),
        "Change" => new ChangeNeed(OrganisationStatus.Verified, Content() with { IsNamed = true }),
        "Close" => new CloseNeed(NeedClosing.Found),
        "Suggest" => Suggesting(),
        "Answer" => new AnswerSuggestion(Suggested, SuggestionAnswer.Interesting, null),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown command"),
    };

    private static PublishNeed Publishing() => new(Actors.LabId, OrganisationStatus.Verified, Content());

    private static SuggestResult Suggesting() => new(Suggested, Actors.StrangerId, ResultStatus.Listed, OrganisationStatus.Verified, "二十千瓦样机可试");

    private static NeedContent Content() => new(
        new("固态电池电解质", ""), new("寻求室温离子电导率高的固态电解质。", ""), [TechnologyField.NewEnergy], 5, new Money(500_000_00, Currency.Cny), [PaymentModel.RunningRoyalty], 6, "12",
        new DateOnly(2026, 12, 31), IsNamed: false);

    private static Result<IReadOnlyList<NeedEvent>> Decide(NeedState state, NeedCommand command, Actor actor) => Need.Decide(state, command, Actors.At(Now, actor));
}
