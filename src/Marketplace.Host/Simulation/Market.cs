using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Credit;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using AssessInnovation = Application.Credit.AssessInnovation;
using DraftResult = Application.LabResults.DraftResult;
using MakeOffer = Application.Licensing.MakeOffer;
using OfferGuarantees = Application.Guarantees.OfferGuarantees;
using PriceResult = Application.LabResults.PriceResult;
using PublishWithholding = Application.Reference.PublishWithholding;
using RegisterOrganisation = Application.Organisations.RegisterOrganisation;
using SetExposureLimit = Application.Credit.SetExposureLimit;
using StartPublicNotice = Application.LabResults.StartPublicNotice;
using SubmitResult = Application.LabResults.SubmitResult;
using VerifyOrganisation = Application.Organisations.VerifyOrganisation;

/// <summary>Something that somebody wants.</summary>
internal sealed record Move(Principal By, ICommandRequest Request);

/// <summary>The laboratories, companies, listed results and offers among which a simulation plays. All of them plainly fictional.</summary>
internal sealed class Market
{
    /// <summary>Day on which offers are made: the public notices that began on day 0 have ended.</summary>
    public const int OffersOnDay = 17;

    /// <summary>Day of the first application.</summary>
    public const int OpensOnDay = OffersOnDay + 1;

    private const int OffersPerResult = 4;

    private readonly Chance chance;
    private readonly Organisation[] labs;
    private readonly Organisation[] companies;
    private readonly Organisation[] thirdParties = [new(OrganisationKind.Guarantor, 0), new(OrganisationKind.Broker, 0)];
    private readonly int results;

    public Market(long seed, int agreements)
    {
        chance = new Chance(seed, "market");
        labs = [.. Enumerable.Range(0, 3 + (agreements / 100)).Select(i => new Organisation(OrganisationKind.Lab, i))];
        companies = [.. Enumerable.Range(0, 3 + (agreements / 5)).Select(i => new Organisation(OrganisationKind.Company, i))];
        results = 4 + (agreements / 40 * 2);
    }

    public static Principal Administrator { get; } = Principal.Whole(ActorRole.Administrator, null, "zhang");

    public static Principal SecondAdministrator { get; } = Principal.Whole(ActorRole.Administrator, null, "li");

    /// <summary>The first command of all: whoever finds it in a journal has found this simulation.</summary>
    public Guid FirstCommand => chance.Id("register lab 0");

    /// <summary>What a day brings before anybody applies: steps one after the other, the moves of a step side by side, and so each of them about another thing.</summary>
    public IEnumerable<IReadOnlyList<Move>> Opening(int day, DateOnly today) => day switch
    {
        0 =>
        [
            [.. labs.Concat(companies).Concat(thirdParties).Select(o => new Move(
                Principal.Visitor, new RegisterOrganisation(chance.Id($"register {o}"), o.Kind, o.Name, o.Code)))],
            [.. labs.Concat(companies).Concat(thirdParties).Select(o => new Move(Administrator, new VerifyOrganisation(chance.Id($"verify {o}"), o.Id)))],
            [.. companies.Select(o => new Move(Administrator, new SetExposureLimit(
                chance.Id($"limit in yen of {o}"), o.Id, new Money(100_000_000, Currency.Parse("JPY", "currency").Value), "示例额度")))],
            [new Move(Administrator, new PublishWithholding(chance.Id("withholding"), PayeeKind.Inventor, today.AddYears(1), 200_000))],
            [.. companies.Select(CreditOf).OfType<Move>(), new Move(thirdParties[0].Officer, new OfferGuarantees(chance.Id("guarantees"), Currency.Cny, 1_500_000_00, 15_000, 1_000_000))],
            ForEachResult((i, lab) => new DraftResult(Draft(i), ContentOf(i))),
            ForEachResult((i, lab) => new SubmitResult(chance.Id($"submit {i}"), ResultOf(i), TitleIsClear: true, NoDispute: true)),
            ForEachResult((i, lab) => new PriceResult(
                chance.Id($"price {i}"), ResultOf(i), PricingMethod.NegotiatedPrice, new Money(chance.Between($"price {i}", 100_000_00, 9_000_000_00), Currency.Cny))),
            ForEachResult((i, lab) => new StartPublicNotice(chance.Id($"notice {i}"), ResultOf(i))),
        ],
        OffersOnDay =>
        [
            [.. Enumerable.Range(0, results * OffersPerResult).Select(n => new Move(
                LabOf(ResultOfOffer(n)).Officer,
                new MakeOffer(Offer(n), ResultOf(ResultOfOffer(n)), TermsOf(n), today.AddYears(3))))],
        ],
        _ => [],
    };

    /// <summary>Who applies for what as the agreement with this number: every offer finds as many companies as any other.</summary>
    public (Principal Company, OfferId Offer) Applicant(int agreement)
    {
        var offers = results * OffersPerResult;
        var first = (int)chance.Between("first offer", 0, offers - 1);
        return (companies[agreement % companies.Length].Officer, Id.CreatedBy<OfferId>(Offer((first + agreement) % offers)));
    }

    /// <summary>What stands on a fapiao for this company.</summary>
    public Uscc CodeOf(OrganisationId company) => Uscc.Parse(companies.First(c => c.Id == company).Code, "uscc").Value;

    public static Principal OfficerOf(ActorRole role, OrganisationId organisation) => Principal.Whole(role, organisation, $"{role} officer");

    /// <summary>Half of the companies may defer much, some what their innovation points allow, some what everybody may.</summary>
    private Move? CreditOf(Organisation company) => chance.Between($"credit of {company}", 0, 9) switch
    {
        < 5 => new Move(Administrator, new SetExposureLimit(chance.Id($"limit of {company}"), company.Id, new Money(50_000_000_00, Currency.Cny), "示例额度")),
        < 7 => new Move(Administrator, new AssessInnovation(
            chance.Id($"assess {company}"), company.Id, chance.Among($"stage of {company}", Enum.GetValues<GrowthStage>()),
            InnovationIndex.Current.Indicators.ToDictionary(i => i.Key, i => chance.Between($"{i.Key} of {company}", Math.Max(0, i.Lowest), i.Highest / 10)))),
        _ => null,
    };

    private Move[] ForEachResult(Func<int, Organisation, ICommandRequest> request) =>
        [.. Enumerable.Range(0, results).Select(i => new Move(LabOf(i).Officer, request(i, LabOf(i))))];

    private AgreementTerms TermsOf(int offer) => SimulatedTerms.Of(chance, offer, kind => thirdParties.First(o => o.Kind == kind).Code);

    /// <summary>Every second result is licensed to one at a time, the others to many.</summary>
    private int ResultOfOffer(int offer)
    {
        var result = offer / OffersPerResult;
        var isForOne = TermsOf(offer).Licence != LicenceKind.NonExclusive;
        return isForOne == (result % 2 == 1) ? result : result ^ 1;
    }

    private Organisation LabOf(int result) => labs[result % labs.Length];

    private Guid Draft(int result) => chance.Id($"draft {result}");

    private Guid Offer(int number) => chance.Id($"offer {number}");

    private LabResultId ResultOf(int result) => Id.CreatedBy<LabResultId>(Draft(result));

    private ResultContent ContentOf(int i)
    {
        BilingualText Text(string zh, string en) => new($"{zh}（示例 {i}）", $"{en} (example {i})");
        return new ResultContent(
            Text("示例成果", "Example result"), Text("用于模拟", "For the simulation"), Text("示例问题", "An example problem"),
            Text("示例对比", "An example comparison"), Text("示例收益", "An example benefit"),
            chance.Among($"field {i}", Enum.GetValues<TechnologyField>()), IndustryCode.Parse("C39", "industry").Value,
            TechnologyReadiness.Of((int)chance.Between($"readiness {i}", 4, 9), ReadinessScale.GbT22900, "readiness").Value,
            [new IntellectualProperty(RightKind.KnowHow, RightStatus.Unregistered, null)], "120116",
            [new Inventor("示例甲", 600_000), new Inventor("示例乙", 400_000)], chance.Among($"pool {i}", 500_000L, 700_000L));
    }

    /// <summary>Its code has no real registration authority in it.</summary>
    private sealed record Organisation(OrganisationKind Kind, int Number)
    {
        private const string CheckCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

        public string Code { get; } = CheckCharacters
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"99000000{Kind.ToString()[0]}{Number:00000000}{c}"))
            .First(code => !Uscc.Parse(code, "uscc").IsRefused);

        public BilingualText Name => Kind switch
        {
            OrganisationKind.Lab => new($"示例实验室{Number}", $"Example laboratory {Number}"),
            OrganisationKind.Company => new($"示例企业{Number}", $"Example company {Number}"),
            OrganisationKind.Guarantor => new($"示例担保{Number}", $"Example guarantor {Number}"),
            OrganisationKind.Broker => new($"示例技术经理人{Number}", $"Example broker {Number}"),
        };

        public OrganisationId Id => OrganisationId.ForUscc(Uscc.Parse(Code, "uscc").Value);

        public Principal Officer => OfficerOf(Enum.Parse<ActorRole>(Kind.ToString()), Id);

        public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Number}";
    }
}
