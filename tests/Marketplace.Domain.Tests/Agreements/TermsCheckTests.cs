using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Terms that cannot stand, each with the code and the field at fault.</summary>
public sealed class TermsCheckTests
{
    private const long TooMuch = AgreementTerms.MaxAmountMinor + 1;

    private static readonly AgreementTerms Good = Deals.Terms(Deals.LumpSum(), new RunningRoyalty(50_000));

    private static readonly Dictionary<string, (AgreementTerms Terms, string Code, string Field)> Bad = new()
    {
        ["no field of use"] = (Good with { FieldOfUse = " " }, "field-of-use-missing", "fieldOfUse"),
        ["field of use null"] = (Good with { FieldOfUse = null! }, "field-of-use-missing", "fieldOfUse"),
        ["field of use of 201 characters"] = (Good with { FieldOfUse = new string('域', 201) }, "field-of-use-missing", "fieldOfUse"),
        ["no territory"] = (Good with { Territory = "" }, "territory-missing", "territory"),
        ["no currency"] = (Good with { Currency = default }, "currency-missing", "currency"),
        ["unknown licence"] = (Good with { Licence = (LicenceKind)9 }, "value-unknown", "licence"),
        ["no trial"] = (Good with { TrialMonths = 0 }, "out-of-range", "trialMonths"),
        ["trial too long"] = (Good with { TrialMonths = 25 }, "out-of-range", "trialMonths"),
        ["no licence term"] = (Good with { CommercialMonths = 0 }, "out-of-range", "commercialMonths"),
        ["licence term too long"] = (Good with { CommercialMonths = 241 }, "out-of-range", "commercialMonths"),
        ["negative fee"] = (Good with { PlatformFeePpm = -1 }, "out-of-range", "platformFeePpm"),
        ["fee above a fifth"] = (Good with { PlatformFeePpm = 200_001 }, "out-of-range", "platformFeePpm"),
        ["cure too short"] = (Good with { CureDays = 29 }, "out-of-range", "cureDays"),
        ["cure too long"] = (Good with { CureDays = 91 }, "out-of-range", "cureDays"),
        ["no late interest"] = (Good with { LateInterest = null! }, "late-interest-missing", "lateInterest"),
        ["day count"] = (Good with { LateInterest = new LateInterestTerms(null, 500_000, 364) }, "day-count", "lateInterest.dayCount"),
        ["margin too low"] = (Good with { LateInterest = new LateInterestTerms(null, 299_999, 365) }, "out-of-range", "lateInterest.lprMarginPpm"),
        ["margin too high"] = (Good with { LateInterest = new LateInterestTerms(null, 500_001, 365) }, "out-of-range", "lateInterest.lprMarginPpm"),
        ["usury"] = (Good with { LateInterest = new LateInterestTerms(240_001, 500_000, 365) }, "out-of-range", "lateInterest.contractRatePpm"),
        ["ladder without a step"] = (Good with { Ladder = [.. EnforcementLadder.Standard.Skip(1)] }, "ladder-incomplete", "ladder"),
        ["ladder out of order"] = (WithStep(4, EnforcementLadder.Standard[5]), "ladder-order", "ladder[4].step"),
        ["ladder with an empty step"] = (WithStep(4, null!), "ladder-order", "ladder[4].step"),
        ["due date moved"] = (WithStep(2, new(EnforcementStep.Due, 3, 0)), "out-of-range", "ladder[2].day"),
        ["reminder after the due date"] = (WithStep(1, new(EnforcementStep.SecondReminder, 0, 0)), "out-of-range", "ladder[1].day"),
        ["demand after the hold"] = (WithStep(4, new(EnforcementStep.Demand, 30, 0)), "dates-out-of-order", "ladder[5].day"),
        ["breach notice without approval"] = (WithStep(7, new(EnforcementStep.BreachNotice, 60, 0)), "out-of-range", "ladder[7].approvals"),
        ["template of no hash"] = (Good with { Template = new TemplateRef("trial", 1, "abc", []) }, "template-hash", "template.hash"),
        ["template of no name"] = (Good with { Template = new TemplateRef("../x", 1, new string('0', 64), []) }, "template-unknown", "template.id"),
        ["template of version 0"] = (Good with { Template = new TemplateRef("trial", 0, new string('0', 64), []) }, "out-of-range", "template.version"),
        ["template without values"] = (Good with { Template = new TemplateRef("trial", 1, new string('0', 64), null!) }, "template-values", "template.values"),
        ["payments null"] = (Good with { Payments = null! }, "payments-missing", "payments"),
        ["no payments"] = (Good with { Payments = [] }, "payments-missing", "payments"),
        ["too many payments"] = (Good with { Payments = [.. Enumerable.Repeat(Deals.LumpSum(), 41)] }, "payments-missing", "payments"),
        ["empty payment"] = (With(Deals.LumpSum(), null!), "payment-missing", "payments[1]"),
        ["no reporting"] = (Good with { Reporting = null }, "reporting-missing", "reporting"),
        ["reporting every other month"] = (Good with { Reporting = new SalesReporting(2, 30, 30) }, "reporting-period", "reporting.periodMonths"),
        ["term no whole number of periods"] = (Good with { CommercialMonths = 37 }, "reporting-term", "commercialMonths"),
        ["no days to report"] = (Good with { Reporting = new SalesReporting(3, 0, 30) }, "out-of-range", "reporting.reportDays"),
        ["negative days to pay"] = (Good with { Reporting = new SalesReporting(3, 30, -1) }, "out-of-range", "reporting.paymentDays"),
        ["lump sum of nothing"] = (With(Deals.LumpSum(0)), "amount-out-of-range", "payments[0].amountMinor"),
        ["negative lump sum"] = (With(Deals.LumpSum(), Deals.LumpSum(-1)), "amount-out-of-range", "payments[1].amountMinor"),
        ["lump sum above the limit"] = (With(Deals.LumpSum(TooMuch)), "amount-out-of-range", "payments[0].amountMinor"),
        ["lump sum in the past"] = (With(Deals.LumpSum(months: -1)), "out-of-range", "payments[0].monthsAfterEffect"),
        ["lump sum in eleven years"] = (With(Deals.LumpSum(months: 121)), "out-of-range", "payments[0].monthsAfterEffect"),
        ["unknown pay date"] = (With(Deals.LumpSum(rule: (PayDateRule)7)), "value-unknown", "payments[0].payDate"),
        ["instalments of nothing"] = (With(new Instalments(0, [new(0, 1_000_000)])), "amount-out-of-range", "payments[0].totalMinor"),
        ["no instalments"] = (With(new Instalments(100, [])), "instalments-missing", "payments[0].parts"),
        ["instalments null"] = (With(new Instalments(100, null!)), "instalments-missing", "payments[0].parts"),
        ["empty instalment"] = (With(new Instalments(100, [null!])), "instalments-missing", "payments[0].parts[0]"),
        ["instalments not whole"] = (With(new Instalments(100, [new(0, 500_000), new(1, 499_999)])), "shares-not-whole", "payments[0].parts"),
        ["negative weight"] = (With(new Instalments(100, [new(0, 1_500_000), new(1, -500_000)])), "shares-not-whole", "payments[0].parts[1]"),
        ["instalments out of order"] = (With(new Instalments(100, [new(6, 500_000), new(5, 500_000)])), "dates-out-of-order", "payments[0].parts[1].monthsAfterConversion"),
        ["instalment too late"] = (With(new Instalments(100, [new(241, 1_000_000)])), "out-of-range", "payments[0].parts[0].monthsAfterConversion"),
        ["milestone of nothing"] = (With(Deals.MassProduction(0)), "amount-out-of-range", "payments[0].amountMinor"),
        ["milestone paid after years"] = (With(Deals.MassProduction(daysToPay: 366)), "out-of-range", "payments[0].daysToPay"),
        ["milestone without evidence"] = (With(Deals.MassProduction() with { Evidence = " " }), "evidence-missing", "payments[0].evidence"),
        ["unknown milestone"] = (With(Deals.MassProduction() with { Event = (MilestoneKind)77 }), "value-unknown", "payments[0].event"),
        ["sales milestone without threshold"] = (With(new Milestone(MilestoneKind.CumulativeNetSales, "报告", 1, 0)), "threshold-missing", "payments[0].cumulativeNetSalesMinor"),
        ["sales milestone at nothing"] = (With(new Milestone(MilestoneKind.CumulativeNetSales, "报告", 1, 0, 0)), "amount-out-of-range", "payments[0].cumulativeNetSalesMinor"),
        ["threshold of another milestone"] = (With(Deals.MassProduction() with { CumulativeNetSalesMinor = 1 }), "threshold-unused", "payments[0].cumulativeNetSalesMinor"),
        ["royalty of nothing"] = (With(new RunningRoyalty(0)), "out-of-range", "payments[0].ratePpm"),
        ["royalty above sales"] = (With(new RunningRoyalty(1_000_001)), "out-of-range", "payments[0].ratePpm"),
        ["no tiers"] = (With(Tiers()), "tiers-missing", "payments[0].tiers"),
        ["tiers null"] = (With(new TieredRoyalty(null!, TierMethod.Marginal, TierBase.PerPeriod)), "tiers-missing", "payments[0].tiers"),
        ["empty tier"] = (With(Tiers((RoyaltyTier)null!)), "tiers-missing", "payments[0].tiers"),
        ["tiers from above zero"] = (With(Tiers(new RoyaltyTier(1, 10))), "tiers-start", "payments[0].tiers[0].fromMinor"),
        ["tiers out of order"] = (With(Tiers(new(0, 10), new(100, 20), new(100, 30))), "tiers-out-of-order", "payments[0].tiers[2].fromMinor"),
        ["tier rate above sales"] = (With(Tiers(new(0, 10), new(100, 1_000_001))), "out-of-range", "payments[0].tiers[1].ratePpm"),
        ["falling whole-amount tiers"] = (With(new TieredRoyalty([new(0, 20), new(100, 10)], TierMethod.WholeAmount, TierBase.Cumulative)), "tiers-fall", "payments[0].tiers[1].ratePpm"),
        ["unknown method"] = (With(Tiers(new RoyaltyTier(0, 10)) with { Method = (TierMethod)5 }), "value-unknown", "payments[0].method"),
        ["unknown base"] = (With(Tiers(new RoyaltyTier(0, 10)) with { Base = (TierBase)5 }), "value-unknown", "payments[0].base"),
        ["minimum of nothing"] = (With(new RunningRoyalty(1), new MinimumAnnualRoyalty(0)), "amount-out-of-range", "payments[1].amountMinor"),
        ["minimum without whole years"] = (With(new RunningRoyalty(1), new MinimumAnnualRoyalty(1)) with { CommercialMonths = 30 }, "minimum-needs-years", "payments[1].amountMinor"),
    };

    public static TheoryData<string> Names => [.. Bad.Keys];

    [Fact]
    public void Good_terms_stand() => Assert.Null(Good.Check());

    [Theory]
    [MemberData(nameof(Names))]
    public void Bad_terms_name_the_field_at_fault(string name)
    {
        var (terms, code, field) = Bad[name];
        var refusal = terms.Check();
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
        Assert.True(refusal!.Zh.Length > 2 && refusal.En.Length > 5);
    }

    [Fact]
    public void An_application_and_a_proposal_say_where_in_the_terms()
    {
        var bad = With(Deals.LumpSum(0));
        var story = AgreementStory.StartsOn("2025-03-03");
        Assert.Equal("terms.payments[0].amountMinor", story.Ask(Deals.Company, AllStages.Commands(story).OfType<Domain.Agreements.ApplyForTrial>().Single() with { Terms = bad })?.Field);
        story.Apply(Good).Do(Deals.Lab, new Domain.Agreements.AcceptApplication());
        Assert.Equal("terms.payments[0].amountMinor", story.Ask(Deals.Lab, new Domain.Agreements.ProposeTerms(bad, null))?.Field);
        story.Refused("terms-missing", Deals.Lab, new Domain.Agreements.ProposeTerms(null!, null));
    }

    [Fact]
    public void Bounds_of_rates_are_said_as_percentages_too_and_bounds_of_sums_as_sums()
    {
        Assert.Equal("Must be between 1 and 1000000 parts per million (0.0001% and 100%).", With(new RunningRoyalty(0)).Check()?.En);
        Assert.Equal("须在 0 与 200000（百万分比，即 0% 与 20%）之间。", (Good with { PlatformFeePpm = 200_001 }).Check()?.Zh);
        Assert.Equal("Must be between 0.01 CNY and 1000000.00 CNY.", With(new UnitRoyalty("seat", 0)).Check()?.En);
        Assert.Equal("须在 1 与 24 之间。", (Good with { TrialMonths = 0 }).Check()?.Zh);
    }

    private static AgreementTerms WithStep(int place, LadderStep step) =>
        Good with { Ladder = [.. EnforcementLadder.Standard.Take(place), step, .. EnforcementLadder.Standard.Skip(place + 1)] };

    private static AgreementTerms With(params PaymentTrigger[] payments) => Good with { Payments = payments };

    private static TieredRoyalty Tiers(params RoyaltyTier[] tiers) => new(tiers, TierMethod.Marginal, TierBase.PerPeriod);
}
