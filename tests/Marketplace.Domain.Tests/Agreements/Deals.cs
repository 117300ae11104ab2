using System.Globalization;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Files;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Parties and terms of the agreements in these tests.</summary>
internal static class Deals
{
    /// <summary>Fictional: no registration authority has the number 99.</summary>
    public static readonly Uscc CompanyCode = Uscc.Parse("99000000C000000016", "uscc").Value;

    public static readonly Actor Lab = new(ActorRole.Lab, DerivedId.From<OrganisationId>("lab"), "lab-officer");
    public static readonly Actor Company = new(ActorRole.Company, OrganisationId.ForUscc(CompanyCode), "company-officer");
    public static readonly Actor OtherLab = new(ActorRole.Lab, DerivedId.From<OrganisationId>("other lab"), "other-lab-officer");
    public static readonly Actor OtherCompany = new(ActorRole.Company, DerivedId.From<OrganisationId>("other company"), "other-company-officer");
    public static readonly Actor Administrator = new(ActorRole.Administrator, null, "administrator");
    public static readonly Actor SecondAdministrator = new(ActorRole.Administrator, null, "second administrator");
    public static readonly Actor Visitor = new(ActorRole.Visitor, null, "visitor");

    /// <summary>From this day on 20 % of inventors' payouts and 3 % of laboratories' are withheld; not of brokers'.</summary>
    public static WithholdingRates Withholding(DateOnly from) => WithholdingRates.None
        .Append(new WithholdingRate(PayeeKind.Inventor, from, 200_000)).Value
        .Append(new WithholdingRate(PayeeKind.Lab, from, 30_000)).Value;

    /// <summary>70 % of the net income go to two inventors, 3 : 1.</summary>
    public static readonly InventorSplit Inventors = new(700_000, [new InventorPart("示例甲", 750_000), new InventorPart("示例乙", 250_000)]);

    /// <summary>Nothing stands in the way of an application.</summary>
    public static readonly ApplicationFacts MayApply = new(
        OfferStatus.Open, DateOnly.MaxValue, ResultStatus.Listed, OrganisationStatus.Verified, OrganisationStatus.Verified, IsHeld: false);

    /// <summary>CNY, 12 months of trial, 36 of use, fee 3 %, cure 30 days, late interest LPR + 50 % by 365, quarterly reports where sales count.</summary>
    public static AgreementTerms Terms(params PaymentTrigger[] payments) => new(
        LicenceKind.NonExclusive,
        FieldOfUse: "示例领域",
        Territory: "中国",
        TrialMonths: 12,
        CommercialMonths: 36,
        Currency.Cny,
        payments,
        payments.Any(p => p.NeedsSalesReports) ? new SalesReporting(PeriodMonths: 3, ReportDays: 30, PaymentDays: 30) : null,
        LateInterestTerms.Standard,
        PlatformFeePpm: 30_000,
        CureDays: 30);

    /// <summary>CNY 100 000.00 a year after effect, with a guarantor of 80 % up to a limit, or a broker of 5 %.</summary>
    public static AgreementTerms WithThirdParty(string role, string code, long limitMinor) => Terms(LumpSum(100_000_00)) with
    {
        Template = new TemplateRef("tripartite-guarantee", 1, new string('0', 64),
        [
            new("thirdPartyRole", role), new("thirdPartyName", "示例第三方"), new("thirdPartyUscc", code), new("coverShare", "800000"),
            new("guaranteeLimit", $"{limitMinor}"), new("claimDays", "30"), new("brokerShare", "50000"),
        ]),
    };

    /// <summary>CNY 1 000.00, a year after the agreement takes effect.</summary>
    public static DeferredLumpSum LumpSum(long amountMinor = 100_000, int months = 12, PayDateRule rule = PayDateRule.Earlier) => new(amountMinor, months, rule);

    public static Milestone MassProduction(long amountMinor = 500_000, int daysToPay = 30) =>
        new(MilestoneKind.MassProduction, "投产报告", amountMinor, daysToPay);

    public static readonly SalesAffirmation Affirmation = new("示例经理", "财务负责人");

    /// <summary>A report that somebody stands by.</summary>
    public static ReportSales Report(int period, Money gross, IReadOnlyList<SalesDeduction> deductions, OtherFigures? others = null) =>
        new(period, gross, deductions, others, Affirmation, AgreementRules.IsNil(gross, others));

    public static CorrectSales Correct(int period, Money gross, IReadOnlyList<SalesDeduction> deductions, string reason, OtherFigures? others = null) =>
        new(period, gross, deductions, reason, others, Affirmation, AgreementRules.IsNil(gross, others));

    /// <summary>The n-th fapiao of a year.</summary>
    public static FapiaoNumber FapiaoNumber(int year, int n) => Domain.FapiaoNumber.Parse($"{year % 100:00}122{n:000000000000000}", "number").Value;

    public static RecordFapiao Fapiao(int obligation, int n, string issuedOn, long totalMinor, long taxMinor = 0) =>
        new(obligation, FapiaoNumber(Day(issuedOn).Year, n), Day(issuedOn), Yuan(totalMinor), Yuan(taxMinor), CompanyCode, Original);

    public static RecordRedFapiao Red(int blue, int n, string issuedOn, long totalMinor, long taxMinor = 0) =>
        new(blue, FapiaoNumber(Day(issuedOn).Year, n), Day(issuedOn), Yuan(totalMinor), Yuan(taxMinor), Original);

    private static StoredFile Original => new(new string('a', 64), FileTypes.Pdf, 20_000, "发票.pdf");

    public static Money Yuan(long amountMinor) => new(amountMinor, Currency.Cny);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
