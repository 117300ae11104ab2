using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Policy;
using Marketplace.Domain.Tests.Agreements;

namespace Marketplace.Domain.Tests.Policy;

/// <summary>A flag that cries wolf is ignored, and one that is silent is useless: each rule has its edge on both sides.</summary>
public sealed class AnomaliesTests
{
    private static readonly AnomalyLimits Limits = new(SplitDays: 60, SplitMinor: 1_000_000, PeersNeeded: 3, RoyaltyPartPpm: 400_000, FallPpm: 500_000);

    [Fact]
    public void An_ordinary_agreement_has_no_flag() => Assert.Empty(Anomalies.In([Examined(1), Examined(2, company: "other")], Limits));

    [Theory]
    [InlineData("91350100M000100Y43", "12120116M000100Y4L", true)] // another office, another year, the same body
    [InlineData("91350100M000100Y43", "91350100MA0000001P", false)] // the same office only
    public void One_body_under_two_codes_is_flagged(string lab, string company, bool isOdd)
    {
        var flags = Anomalies.In([Examined(1) with { Lab = Party("甲", lab), Company = Party("乙", company) }], Limits);

        Assert.Equal(isOdd ? [AnomalyKind.SameBody] : [], flags.Select(f => f.Kind));
        Assert.All(flags, f => Assert.Equal(["labUscc", "companyUscc"], f.Numbers.Select(n => n.Name)));
    }

    [Fact]
    public void A_person_who_signs_for_both_is_flagged_even_if_elsewhere()
    {
        var here = Examined(1, change: f => f with { LabSignatory = "wang", CompanySignatory = "li" });
        var elsewhere = Examined(2, change: f => f with { LabSignatory = "Li", CompanySignatory = "chen", Result = DerivedId.From<LabResultId>("other") });
        var others = Examined(3, lab: "other lab", company: "other", change: f => f with { LabSignatory = "li", CompanySignatory = "sun" }); // of nobody's business here

        Assert.Equal(
            [(AnomalyKind.SamePerson, here.Figures.Agreement), (AnomalyKind.SamePerson, elsewhere.Figures.Agreement)],
            Anomalies.In([here, elsewhere, others], Limits).Select(f => (f.Kind, f.Agreement)).OrderBy(f => f.Agreement.Value != here.Figures.Agreement.Value));
    }

    [Fact]
    public void The_same_contact_of_both_is_flagged_and_no_contact_is_none()
    {
        var same = Examined(1) with { Lab = Party("甲", "91350100M000100Y43", "a@example.org"), Company = Party("乙", "91120116MA00000014", "A@example.org") };
        Assert.Equal("a@example.org", Assert.Single(Assert.Single(Anomalies.In([same], Limits)).Numbers).Value);
        Assert.Empty(Anomalies.In([same with { Lab = same.Lab with { ContactMail = null }, Company = same.Company with { ContactMail = null } }], Limits));
    }

    [Theory]
    [InlineData("别的公司", "91350100M000100Y43", false)]
    [InlineData("别的公司", "91120116ma0000001 4", true)] // the company's own code, as people type it
    [InlineData("示例公司", "[统一社会信用代码]", true)] // no code, but its name
    [InlineData(null, null, false)]
    public void A_company_that_is_its_own_third_party_is_flagged(string? name, string? code, bool isOdd)
    {
        var flags = Anomalies.In([Examined(1, change: f => f with { ThirdPartyName = name, ThirdPartyUscc = code })], Limits);
        Assert.Equal(isOdd ? [AnomalyKind.SelfGuarantee] : [], flags.Select(f => f.Kind));
    }

    // Each below CNY 10 000.00: days after the first, and sums.
    [Theory]
    [InlineData(new[] { 0, 60 }, new[] { 600_000L, 400_001L }, 2)] // together above, within 60 days
    [InlineData(new[] { 0, 61 }, new[] { 600_000L, 400_001L }, 0)] // a day too far
    [InlineData(new[] { 0, 60 }, new[] { 600_000L, 400_000L }, 0)] // the limit itself is not above it
    [InlineData(new[] { 0, 1 }, new[] { 999_999L, 1_000_000L }, 0)] // one is not below the limit
    [InlineData(new[] { 0, 50, 100 }, new[] { 400_000L, 400_000L, 700_000L }, 2)] // the second and third, not all of them
    [InlineData(new[] { 0, 20, 40 }, new[] { 400_000L, 400_000L, 400_000L }, 3)]
    [InlineData(new[] { 0, 1 }, new[] { 0L, 999_999L }, 0)] // without a sum nothing is split
    public void Small_contracts_that_belong_together_are_flagged_once(int[] days, long[] sumsMinor, int together)
    {
        var agreements = days.Zip(sumsMinor, (day, sumMinor) => Examined(day, change: f => f with { ContractSumMinor = sumMinor, EffectiveOn = f.EffectiveOn.AddDays(day) })).ToList();

        var flag = Anomalies.In(agreements, Limits).SingleOrDefault();

        Assert.Equal(together, flag is null ? 0 : 1 + flag.Others.Count);
        Assert.Empty(Anomalies.In([.. agreements.Select((a, i) => a with { Figures = a.Figures with { Company = DerivedId.From<OrganisationId>($"company {i}") } })], Limits));
        Assert.Empty(Anomalies.In([.. agreements.Select((a, i) => a with { Figures = a.Figures with { Result = DerivedId.From<LabResultId>($"result {i}") } })], Limits));
    }

    // Four contracts of one field; the median is that of the other three.
    [Theory]
    [InlineData(new[] { 19_999L, 50_000L, 50_000L, 60_000L }, 1)] // below 40 % of 50 000
    [InlineData(new[] { 20_000L, 50_000L, 50_000L, 60_000L }, 0)] // exactly 40 %
    [InlineData(new[] { 1L, 50_000L, 50_000L }, 0)] // too few peers for a median
    [InlineData(new[] { 1L, 1L, 50_000L, 60_000L }, 2)]
    [InlineData(new[] { 1L, 1L, 1L, 50_000L }, 0)] // what most have is the median
    public void A_royalty_far_below_the_peers_is_flagged(long[] ratesPpm, int flagged)
    {
        var flags = Anomalies.In([.. ratesPpm.Select((rate, i) => Examined(i, company: $"company {i}", change: f => f with { RoyaltyPpm = rate }))], Limits);

        Assert.Equal(flagged, flags.Count(f => f.Kind == AnomalyKind.RoyaltyBelowPeers));
    }

    [Fact]
    public void Peers_are_of_the_same_field()
    {
        long[] rates = [10_000, 50_000, 50_000, 50_000];
        var agreements = rates.Select((rate, i) => Examined(i, company: $"company {i}", change: f => f with { RoyaltyPpm = rate })).ToArray();

        var flag = Assert.Single(Anomalies.In(agreements, Limits));
        Assert.Equal(["royaltyPpm 10000", "medianPpm 50000", "peers 3"], flag.Numbers.Select(n => $"{n.Name} {n.Value}"));
        agreements[3] = agreements[3] with { Field = TechnologyField.Aerospace };
        Assert.Empty(Anomalies.In(agreements, Limits));
    }

    // Usual 100 a period, threshold 1 000: reached so far with the last one, and the last one.
    [Theory]
    [InlineData(949, 49, true)] // 900 before: 100 more would have reached it, 49 came
    [InlineData(950, 50, false)] // half is not less than half
    [InlineData(948, 49, false)] // at the usual pace it would not have been reached anyway
    public void Sales_that_fall_just_before_the_threshold_are_flagged(long reachedMinor, long lastMinor, bool isOdd)
    {
        var flags = Anomalies.In([Examined(1, change: f => f with { Nearing = new NearingThreshold(100, lastMinor, reachedMinor, 1_000) })], Limits);
        Assert.Equal(isOdd ? [AnomalyKind.SalesFallNearThreshold] : [], flags.Select(f => f.Kind));
    }

    [Fact]
    public void Figures_are_those_of_the_agreement_once_it_is_in_effect()
    {
        var terms = Deals.Terms(new EntryFee(20_000, 30, false), new RunningRoyalty(30_000), new Milestone(MilestoneKind.CumulativeNetSales, "报表", 50_000, 30, 4_000_000));
        var story = AgreementStory.StartsOn("2025-03-03").Apply(terms);
        Assert.Null(AgreementFigures.Of(story.State));

        story = AgreementStory.ConvertedOn("2025-03-03", terms);
        foreach (var (day, netMinor) in new[] { ("2025-06-04", 900_000L), ("2025-09-04", 1_200_000L), ("2025-12-04", 1_500_000L), ("2026-03-04", 100_000L) })
        {
            story.Until(day).Do(Deals.Company, Deals.Report(story.State.Reports.Count + 1, Deals.Yuan(netMinor), []));
        }

        var figures = AgreementFigures.Of(story.State)!;
        Assert.Equal((70_000L, 30_000L), (figures.ContractSumMinor, figures.RoyaltyPpm)); // entry fee and milestone
        Assert.Equal((Deals.Lab.Person, Deals.Company.Person), (figures.LabSignatory, figures.CompanySignatory));
        Assert.Equal(new NearingThreshold(1_200_000, 100_000, 3_700_000, 4_000_000), figures.Nearing); // a third of 3 600 000
        Assert.Single(Anomalies.In([Examined(1) with { Figures = figures }], AnomalyLimits.Standard));
    }

    [Fact]
    public void Every_flag_says_why_in_both_languages_and_what_is_not_examined_is_said()
    {
        var flags = Anomalies.In(
            [Examined(1, change: f => f with { ContractSumMinor = 600_000 }), Examined(2, change: f => f with { ContractSumMinor = 600_000 })], Limits);
        Assert.Equal(
            ("同一双方就同一成果在 0 天内有 2 份合同，每份低于 10,000.00 元，合计 12,000.00 元。",
                "The same parties have 2 contracts on the same result within 0 days, each below CNY 10,000.00, together CNY 12,000.00."),
            (Assert.Single(flags).Reason.Zh, flags[0].Reason.En));
        Assert.All(Anomalies.NotExamined, text => Assert.True(text is { Zh.Length: > 0, En.Length: > 0 }));
    }

    private static ExaminedAgreement Examined(int number, string lab = "lab", string company = "company", Func<AgreementFigures, AgreementFigures>? change = null)
    {
        var figures = new AgreementFigures(
            DerivedId.From<AgreementId>($"agreement {number}"), DerivedId.From<OrganisationId>(lab), DerivedId.From<OrganisationId>(company), DerivedId.From<LabResultId>("result"),
            Currency.Cny, Deals.Day("2026-03-02"), "wang", "li", null, null, 0, null, null);
        return new ExaminedAgreement(
            change?.Invoke(figures) ?? figures, TechnologyField.NewMaterials, Party("示例大学", "91350100M000100Y43"), Party("示例公司", "91120116MA00000014"));
    }

    private static ExaminedParty Party(string name, string uscc, string? mail = null) => new(new(name, $"{name} en"), uscc, mail);
}
