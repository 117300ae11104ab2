using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>What was signed is what is stored, also after the terms have learned new things: the hash of a document never changes.</summary>
public sealed class DocumentHashTests
{
    private static readonly Agreement Parties = Agreement.None with
    {
        Id = DerivedId.From<AgreementId>("agreement"),
        Result = DerivedId.From<LabResultId>("result"),
        Lab = DerivedId.From<OrganisationId>("lab"),
        Company = DerivedId.From<OrganisationId>("company"),
    };

    private static readonly AgreementTerms Terms = new(
        LicenceKind.Exclusive, "储能", "中国", 6, 36, Currency.Cny,
        [
            Deals.LumpSum(), new Instalments(900_000, [new(6, 500_000), new(12, 500_000)]), new Milestone(MilestoneKind.MassProduction, "投产报告", 500_000, 30),
            new RunningRoyalty(30_000), new TieredRoyalty([new(0, 10_000)], TierMethod.Marginal, TierBase.Cumulative), new MinimumAnnualRoyalty(60_000),
        ],
        new SalesReporting(3, 30, 30), LateInterestTerms.Standard, 30_000, 30);

    [Fact]
    public void A_document_of_the_first_version_still_has_its_hash() =>
        Assert.Equal("9b7b9d5d97b99cdc121983c8f0c0cb0fe132fbebbac17dbf51289cb55d720917", Hash(Terms));

    [Fact]
    public void Ladder_and_template_are_signed_too()
    {
        var named = Terms with { Template = new TemplateRef("trial", 1, new string('0', 64), [new TemplateValue("unit", "seat")]) };
        AgreementTerms[] all = [Terms, Terms with { Ladder = EnforcementLadder.Standard }, named, named with { Template = named.Template with { Values = [new TemplateValue("unit", "user")] } }];
        Assert.Distinct(all.Select(Hash));
    }

    [Fact]
    public void The_annex_is_signed_too()
    {
        AcceptanceCriterion criterion = new("收率", "反应收率", "%", CriterionComparison.AtLeast, 95m, null, "气相色谱");
        string Annexed(params AcceptanceCriterion[] criteria) => AgreementRules.DocumentHash(Parties, new TermsProposal(1, Party.Lab, Terms, null, new DateOnly(2026, 1, 2)) { Criteria = criteria });
        Assert.Distinct([Hash(Terms), Annexed(criterion), Annexed(criterion with { Low = 96m }), Annexed(criterion, criterion with { Name = "纯度" })]);
        Assert.Equal(Annexed(criterion), Annexed((criterion with { Low = 95.00m }).Normalised()));
    }

    private static string Hash(AgreementTerms terms) =>
        AgreementRules.DocumentHash(Parties, new TermsProposal(1, Party.Lab, terms, null, new DateOnly(2026, 1, 2)));
}
