using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;
using Marketplace.Domain.Guarantees;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Teams;

namespace Marketplace.Domain.Tests.Seeds;

/// <summary>The demo data goes through the same rules as everybody's: a seed that would be refused is found here.</summary>
public sealed class SeedsTests
{
    private static readonly DateTimeOffset Begin = LocalTime.StartOf(new(2026, 1, 5));

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly SeedOrganisation[] Organisations = Read<SeedOrganisation>("organisations");
    private static readonly SeedResult[] Results = Read<SeedResult>("results");
    private static readonly SeedOffer[] Offers = Read<SeedOffer>("offers");
    private static readonly SeedNeed[] Needs = Read<SeedNeed>("needs");

    private static readonly SeedDisclosure[] Disclosures = Read<SeedDisclosure>("disclosures");

    public static TheoryData<string> OrganisationKeys => [.. Organisations.Select(o => o.Key)];

    public static TheoryData<string> ResultKeys => [.. Results.Select(r => r.Key)];

    public static TheoryData<string> OfferKeys => [.. Offers.Select(o => o.Key)];

    public static TheoryData<string> NeedKeys => [.. Needs.Select(n => n.Key)];

    [Theory, MemberData(nameof(OrganisationKeys))]
    public void Every_seeded_organisation_is_verified(string key)
    {
        var seed = Organisations.Single(o => o.Key == key);
        var state = Organisation.Initial;

        Play<OrganisationState, OrganisationCommand, OrganisationEvent, Organisation>(
            ref state, new RegisterOrganisation(seed.Kind, seed.Name, seed.Uscc, seed.ContactMail), Begin, Actors.Visitor);
        Play<OrganisationState, OrganisationCommand, OrganisationEvent, Organisation>(
            ref state, new VerifyOrganisation(), Begin, Actors.Administrator);

        Assert.Equal(OrganisationStatus.Verified, state.Status);
    }

    [Theory, MemberData(nameof(OrganisationKeys))]
    public void Whoever_is_seeded_first_leads_and_invites_the_others(string key)
    {
        var members = Organisations.Single(o => o.Key == key).Members ?? [];

        Assert.All(members.Take(1), first => Assert.Contains(MemberRole.Owner, first.Roles));
        Assert.All(members, member => Assert.DoesNotContain(member.Roles, role => role.IsOfPlatform()));
        Assert.Distinct(members.Select(m => m.Mail));
        Assert.All(members, member => Assert.Equal(member.Roles.Contains(MemberRole.Inventor), member.Inventor is not null));
        Assert.All(members.Select(m => m.Inventor).OfType<string>(), name => Assert.Contains(Results.Where(r => r.Lab == key), r => r.Content.Inventors.Any(i => i.Name == name)));
    }

    [Theory, MemberData(nameof(ResultKeys))]
    public void Every_seeded_result_is_listed_after_its_notice(string key) =>
        Assert.Equal(ResultStatus.Listed, Listed(Results.Single(r => r.Key == key)).Status);

    [Theory, MemberData(nameof(OfferKeys))]
    public void Every_seeded_offer_is_made_of_a_listed_result(string key)
    {
        var seed = Offers.Single(o => o.Key == key);
        var seededResult = Results.Single(r => r.Key == seed.Result);
        var result = Listed(seededResult);
        Assert.True(result.ListedAtUtc <= LocalTime.StartOf(seed.MadeOn), "The notice ends after the offer is made.");

        var state = Offer.Initial;
        var make = new MakeOffer(
            DerivedId.From<LabResultId>(seededResult.Key), result.Lab!.Value, result.Status, OrganisationStatus.Verified, seed.Terms, seed.ValidUntil);
        Play<OfferState, OfferCommand, OfferEvent, Offer>(ref state, make, LocalTime.StartOf(seed.MadeOn), LabActor(seededResult));

        Assert.True(state.IsOpenOn(seed.ValidUntil));
    }

    [Theory, MemberData(nameof(NeedKeys))]
    public void Every_seeded_need_is_published_and_answered(string key)
    {
        var seed = Needs.Single(n => n.Key == key);
        var company = Organisations.Single(o => o.Key == seed.Company);
        Assert.Equal(OrganisationKind.Company, company.Kind);
        var actor = new Actor(ActorRole.Company, OrganisationId.ForUscc(company.Uscc), "seed");
        var state = Need.Initial;
        Do(new PublishNeed(actor.Organisation!.Value, OrganisationStatus.Verified, seed.Content), seed.PublishedOn, actor);
        foreach (var suggestion in seed.Suggestions)
        {
            var result = Results.Single(r => r.Key == suggestion.Result);
            var lab = LabActor(result);
            Assert.True(Listed(result).ListedAtUtc <= LocalTime.StartOf(suggestion.On), "The result is suggested before it is listed.");
            var id = DerivedId.From<LabResultId>(result.Key);
            Do(new SuggestResult(id, lab.Organisation!.Value, ResultStatus.Listed, OrganisationStatus.Verified, suggestion.Note), suggestion.On, lab);
            if (suggestion.Answer is { } answer)
            {
                Assert.True(suggestion.On < answer.On, "Answered before it was suggested.");
                Do(new AnswerSuggestion(id, answer.Answer, answer.Reason), answer.On, actor);
            }
        }

        Assert.True(state.IsOpenOn(seed.Content.WantedUntil));
        Assert.EndsWith("（示例条目）", seed.Content.Problem.Zh, StringComparison.Ordinal);
        Assert.EndsWith("(Sample entry.)", seed.Content.Problem.En, StringComparison.Ordinal);

        void Do(NeedCommand command, DateOnly on, Actor by) => Play<NeedState, NeedCommand, NeedEvent, Need>(ref state, command, LocalTime.StartOf(on), by);
    }

    [Fact]
    public void Every_seeded_guarantor_stands_for_what_seeded_offers_ask_of_it()
    {
        foreach (var terms in Offers.Select(o => o.Terms))
        {
            if (ThirdParty.Of(terms) is not { } third)
            {
                continue;
            }

            var seed = Organisations.Single(o => OrganisationId.ForUscc(o.Uscc) == third.Organisation);
            Assert.Equal((seed.Name.Zh, third.Role == ThirdPartyRole.Guarantor ? OrganisationKind.Guarantor : OrganisationKind.Broker), (third.Name, seed.Kind));
            if (third.Role == ThirdPartyRole.Guarantor)
            {
                var (pool, offer) = (GuaranteePool.Initial, seed.Guarantees!);
                Play<GuaranteePoolState, GuaranteeCommand, GuaranteeEvent, GuaranteePool>(
                    ref pool, new OfferGuarantees(third.Organisation, offer.Currency, new(offer.CapacityMinor, offer.PremiumPpm, offer.MostCoverPpm)), Begin,
                    new Actor(ActorRole.Guarantor, third.Organisation, "seed"));
                Assert.True(terms.Currency == offer.Currency && third.CoverPpm <= offer.MostCoverPpm && third.LimitMinor <= offer.CapacityMinor);
            }
        }

        Assert.Equal(Enum.GetValues<ThirdPartyRole>(), Offers.Select(o => ThirdParty.Of(o.Terms)?.Role).OfType<ThirdPartyRole>().Distinct().Order());
    }

    [Fact]
    public void Every_key_and_every_code_names_one_thing()
    {
        string[] keys = [.. Organisations.Select(o => o.Key), .. Results.Select(r => r.Key), .. Offers.Select(o => o.Key), .. Needs.Select(n => n.Key)];

        Assert.Distinct(keys);
        Assert.Distinct(Organisations.Select(o => o.Uscc));
        Assert.True(Results.Length >= 12, "The report names more results than that.");
    }

    [Fact]
    public void Nobody_real_can_appear_as_a_debtor() =>
        Assert.All(Organisations.Where(o => o.Kind != OrganisationKind.Lab), o =>
        {
            Assert.StartsWith("示例", o.Name.Zh, StringComparison.Ordinal);
            Assert.StartsWith("Example", o.Name.En, StringComparison.Ordinal);
        });

    [Fact]
    public void What_the_report_does_not_say_is_marked_as_a_sample()
    {
        Assert.All(Organisations, o => Assert.True(o.Uscc.Value[8..15] == "EXAMPLE", $"{o.Key}: not evidently a sample code"));
        Assert.All(Results, r =>
        {
            Assert.Contains("示例估计", r.Note.Zh, StringComparison.Ordinal);
            Assert.Contains("sample estimates", r.Note.En, StringComparison.Ordinal);
            Assert.Contains("示例估计", r.Content.Comparison.Zh, StringComparison.Ordinal); // readers of the page see no note
            Assert.All(r.Content.Rights, right => Assert.Null(right.Number));
            Assert.All(r.Content.Inventors, inventor => Assert.StartsWith("示例", inventor.Name, StringComparison.Ordinal));
        });
        Assert.All(Offers, o => Assert.Contains("示例估计", o.Note.Zh, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_seeded_file_is_attached_and_every_seeded_company_signs()
    {
        foreach (var seed in Disclosures)
        {
            var (result, company) = (Results.Single(r => r.Key == seed.Result), Organisations.Single(o => o.Key == seed.Company));
            var (lab, files, signed) = (LabActor(result), ResultFiles.Initial, Confidentiality.Initial);
            Assert.Equal(OrganisationKind.Company, company.Kind);
            foreach (var step in seed.Steps)
            {
                Assert.True(step.At > result.NoticeStartsOn.AddDays(result.NoticeDays + 1).ToDateTime(TimeOnly.MinValue), "Before the result is in the catalog.");
                var (nowUtc, companyId) = (LocalTime.StartOf(DateOnly.FromDateTime(step.At)), OrganisationId.ForUscc(company.Uscc));
                switch (step.Do)
                {
                    case nameof(AttachResultFile):
                        Assert.Equal("lab", step.As);
                        var content = string.Join('\n', step.Pages!.Value.SelectMany(p => p));
                        Assert.All(content, c => Assert.True(c is '\n' or (>= ' ' and <= '~')));
                        Play<ResultFilesState, ResultFilesCommand, ResultFilesEvent, ResultFiles>(
                            ref files,
                            new AttachResultFile(lab.Organisation!.Value, new StoredFile(Sha256Hex.Of(content), FileTypes.Pdf, content.Length, step.Body!.FileName), step.Body.Title, step.Body.Tier),
                            nowUtc, lab);
                        break;
                    case nameof(SignConfidentiality):
                        Assert.Equal("company", step.As);
                        var labSeed = Organisations.Single(o => o.Key == result.Lab);
                        var facts = new ConfidentialityFacts(labSeed.Name, labSeed.Uscc.Value, company.Name, company.Uscc.Value, result.Content.Title);
                        Play<ConfidentialityState, ConfidentialityCommand, ConfidentialityEvent, Confidentiality>(
                            ref signed,
                            new SignConfidentiality(DerivedId.From<LabResultId>(seed.Result, "draft"), lab.Organisation!.Value, companyId, facts, ConfidentialityText.Sha256Of(ConfidentialityText.Current, facts)),
                            nowUtc, new Actor(ActorRole.Company, companyId, "seed"));
                        break;
                    default:
                        Assert.Fail($"{seed.Key}: nobody plays {step.Do}.");
                        break;
                }
            }

            Assert.Equal(Enum.GetValues<DisclosureTier>(), files.Standing.Select(f => f.Tier).Order());
            Assert.NotNull(signed.Signed);
        }
    }

    private static LabResultState Listed(SeedResult seed)
    {
        var state = LabResult.Initial;
        var startsAtUtc = LocalTime.StartOf(seed.NoticeStartsOn);
        var lab = LabActor(seed);
        Do(new DraftResult(lab.Organisation!.Value, seed.Content), startsAtUtc, lab);
        Do(new SubmitResult(TitleIsClear: true, NoDispute: true, OrganisationStatus.Verified), startsAtUtc, lab);
        Do(new PriceResult(seed.Pricing.Method, seed.Pricing.Price), startsAtUtc, lab);
        Do(new StartPublicNotice(seed.NoticeDays), startsAtUtc, Actors.Administrator);
        Do(new CloseNotice(), LabResult.NextWakeUtc(state)!.Value, Actor.System);
        return state;

        void Do(LabResultCommand command, DateTimeOffset nowUtc, Actor actor) =>
            Play<LabResultState, LabResultCommand, LabResultEvent, LabResult>(ref state, command, nowUtc, actor);
    }

    private static Actor LabActor(SeedResult seed)
    {
        var lab = Organisations.Single(o => o.Key == seed.Lab);
        Assert.Equal(OrganisationKind.Lab, lab.Kind);
        return new Actor(ActorRole.Lab, OrganisationId.ForUscc(lab.Uscc), "seed");
    }

    // As the journal does it: decide, write down, read back, fold.
    private static void Play<TState, TCommand, TEvent, TRules>(ref TState state, TCommand command, DateTimeOffset nowUtc, Actor actor)
        where TRules : IAggregate<TState, TCommand, TEvent>
        where TEvent : class
    {
        var decision = TRules.Decide(state, command, Actors.At(nowUtc, actor));
        Assert.True(!decision.IsRefused, decision.Refusal?.ToString());
        foreach (var happened in decision.Value)
        {
            var written = JsonSerializer.Serialize(happened, happened.GetType(), Options);
            var read = (TEvent)JsonSerializer.Deserialize(written, happened.GetType(), Options)!;
            Assert.Equal(written, JsonSerializer.Serialize(read, read.GetType(), Options));
            state = TRules.Apply(state, read);
        }

        var snapshot = JsonSerializer.Serialize(state, Options);
        state = JsonSerializer.Deserialize<TState>(snapshot, Options)!;
        Assert.Equal(snapshot, JsonSerializer.Serialize(state, Options));
    }

    private static T[] Read<T>(string name) =>
        JsonSerializer.Deserialize<T[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "seeds", $"{name}.json")), Options)!;

    private sealed record SeedOrganisation(
        string Key,
        OrganisationKind Kind,
        BilingualText Name,
        Uscc Uscc,
        string ContactMail,
        BilingualText Note,
        ImmutableArray<SeedMember>? Members = null,
        SeedGuarantees? Guarantees = null);

    private sealed record SeedGuarantees(Currency Currency, long CapacityMinor, long PremiumPpm, long MostCoverPpm);

    private sealed record SeedMember(string Mail, ImmutableArray<MemberRole> Roles, string? Inventor = null);

    private sealed record SeedResult(
        string Key,
        string Lab,
        string Source,
        BilingualText Note,
        ResultContent Content,
        ProposedPricing Pricing,
        DateOnly NoticeStartsOn,
        int NoticeDays);

    private sealed record ProposedPricing(PricingMethod Method, Money Price);

    private sealed record SeedOffer(string Key, string Result, DateOnly MadeOn, DateOnly ValidUntil, BilingualText Note, AgreementTerms Terms);

    private sealed record SeedNeed(string Key, string Company, DateOnly PublishedOn, NeedContent Content, ImmutableArray<SeedSuggestion> Suggestions);

    private sealed record SeedSuggestion(string Result, DateOnly On, string Note, SeedAnswer? Answer = null);

    private sealed record SeedAnswer(DateOnly On, SuggestionAnswer Answer, string? Reason);

    private sealed record SeedDisclosure(string Key, string Result, string Company, BilingualText Note, ImmutableArray<SeedDisclosureStep> Steps);

    private sealed record SeedDisclosureStep(DateTime At, string As, string Do, SeedFile? Body = null, ImmutableArray<ImmutableArray<string>>? Pages = null);

    private sealed record SeedFile(string Title, DisclosureTier Tier, string FileName);
}
