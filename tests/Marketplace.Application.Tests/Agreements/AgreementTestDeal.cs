using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Microsoft.Extensions.Time.Testing;

namespace Marketplace.Application.Tests.Agreements;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;

/// <summary>A lab with an offer and companies that may apply, made through the door; the clock moves when a test moves it.</summary>
public sealed class AgreementTestDeal(TestEngine engine, FakeTimeProvider time)
{
    private const string LabCode = "91350100M000100Y43";

    /// <summary>Fictional: no registration authority has the number 99.</summary>
    private static readonly string[] CompanyCodes = [Code("99000000C00000001"), Code("99000000C00000002")];

    public static readonly Principal Administrator = TestEngine.Administrator;

    public Principal Lab { get; } = Principal.Whole(ActorRole.Lab, IdOf(LabCode), "wang");

    public Principal Company { get; } = Principal.Whole(ActorRole.Company, IdOf(CompanyCodes[0]), "chen");

    public Principal OtherCompany { get; } = Principal.Whole(ActorRole.Company, IdOf(CompanyCodes[1]), "zhao");

    public Principal OtherLab { get; } = Principal.Whole(ActorRole.Lab, IdOf(Code("99000000L00000001")), "sun");

    public OfferId Offer { get; private set; }

    /// <summary>CNY 100 000.00 a year after effect or with the first income; 3 % fee; half of the net income to two inventors, 3 : 1.</summary>
    public static AgreementTerms Terms { get; } = new(
        LicenceKind.NonExclusive, "示例领域", "中国", TrialMonths: 6, CommercialMonths: 24, Currency.Cny,
        [new DeferredLumpSum(100_000_00, 12, PayDateRule.Earlier)], Reporting: null, LateInterestTerms.Standard, PlatformFeePpm: 30_000, CureDays: 30);

    public async Task<AgreementTestDeal> Open(AgreementTerms? terms = null, string title = "示例成果")
    {
        await Register(OrganisationKind.Lab, LabCode, Lab);
        await Register(OrganisationKind.Company, CompanyCodes[0], Company);
        await Register(OrganisationKind.Company, CompanyCodes[1], OtherCompany);
        var result = LabResultId.Wrap((await engine.Accept(Lab, new DraftResult(Guid.NewGuid(), Content with { Title = new(title, "Example result") }))).Id);
        await engine.Accept(Lab, new SubmitResult(Guid.NewGuid(), result, TitleIsClear: true, NoDispute: true));
        await engine.Accept(Lab, new PriceResult(Guid.NewGuid(), result, PricingMethod.NegotiatedPrice, new Money(1_000_000_00, Currency.Cny)));
        await engine.Accept(Lab, new StartPublicNotice(Guid.NewGuid(), result));
        Sleep(16);
        await engine.Grains.GrainOf($"result/{result}").Wake("notice");
        Offer = OfferId.Wrap((await engine.Accept(Lab, new MakeOffer(Guid.NewGuid(), result, terms ?? Terms, Today.AddYears(2)))).Id);
        return this;
    }

    public DateOnly Today => LocalTime.DateOf(time.GetUtcNow());

    public void Sleep(int days) => time.Advance(TimeSpan.FromDays(days));

    public async Task<AgreementId> Apply(Principal? company = null) =>
        AgreementId.Wrap((await engine.Accept(company ?? Company, new ApplyForTrial(Guid.NewGuid(), Offer, "中试"))).Id);

    /// <summary>Taken up, agreed, signed, filed, delivered, accepted and converted on one day.</summary>
    /// <param name="third">Signs too; null: there is nobody else to sign.</param>
    public async Task<AgreementId> Convert(Principal? company = null, Principal? third = null)
    {
        var by = company ?? Company;
        var agreement = await Apply(by);
        await engine.Accept(Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await engine.Accept(Lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await engine.Accept(by, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        var document = (await engine.Door.Ask(by, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await engine.Accept(by, new SignAgreement(Guid.NewGuid(), agreement, document));
        await engine.Accept(Lab, new SignAgreement(Guid.NewGuid(), agreement, document));
        if (third is not null)
        {
            await engine.Accept(third, new SignAgreement(Guid.NewGuid(), agreement, document));
        }

        await engine.Accept(Administrator, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await engine.Accept(Lab, new DeliverResult(Guid.NewGuid(), agreement, "资料"));
        await engine.Accept(by, new AcceptDelivery(Guid.NewGuid(), agreement));
        await engine.Accept(by, new ConvertLicence(Guid.NewGuid(), agreement));
        return agreement;
    }

    /// <summary>What stands on a fapiao for one of the companies.</summary>
    public static Uscc CodeOf(Principal company) =>
        Uscc.Parse(CompanyCodes.Single(code => IdOf(code) == company.Organisation), "uscc").Value;

    /// <summary>A verified organisation of one's own choice; fictional, as the companies are.</summary>
    public async Task<Principal> Register(OrganisationKind kind, ActorRole role, string seventeen)
    {
        var principal = Principal.Whole(role, IdOf(Code(seventeen)), "hu");
        await Register(kind, Code(seventeen), principal);
        return principal;
    }

    private async Task Register(OrganisationKind kind, string code, Principal principal)
    {
        await engine.Accept(Principal.Visitor, new RegisterOrganisation(Guid.NewGuid(), kind, new BilingualText($"示例{code}", $"Example {code}"), code));
        await engine.Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), principal.Organisation!.Value));
    }

    public static ResultContent Content => new(
        new("示例成果", "Example result"), new("摘要", "Summary"), new("问题", "Problem"), new("对比", "Comparison"), new("收益", "Benefit"),
        TechnologyField.NewMaterials, IndustryCode.Parse("C39", "industry").Value, TechnologyReadiness.Of(6, ReadinessScale.GbT22900, "readiness").Value,
        [new IntellectualProperty(RightKind.KnowHow, RightStatus.Unregistered, null)], "120116",
        [new Inventor("示例甲", 750_000), new Inventor("示例乙", 250_000)]);

    public static string Code(string seventeen) =>
        "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => seventeen + c).First(code => !Uscc.Parse(code, "uscc").IsRefused);

    private static OrganisationId IdOf(string code) => OrganisationId.ForUscc(Uscc.Parse(code, "uscc").Value);
}
