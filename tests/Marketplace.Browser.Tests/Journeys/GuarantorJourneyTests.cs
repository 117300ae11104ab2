using System.Text.Json;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;

/// <summary>From nothing to a claim that is paid and recovered, as the owner of a guarantor sees it.</summary>
public sealed class GuarantorJourneyTests : IAsyncLifetime
{
    private readonly Stage stage = new();

    public ValueTask InitializeAsync() => stage.InitializeAsync();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_guarantor_offers_its_capacity_signs_pays_a_claim_and_recovers_it()
    {
        var market = stage.Market;
        var lab = await market.Registered(ActorRole.Lab, "99000000L00000001", new("海河储能实验室", "Haihe Storage Laboratory"));
        var company = await market.Registered(ActorRole.Company, "99000000C00000001", new("示例储能公司", "Example Storage Company"));
        await using var guarantor = await stage.Newcomer();
        await guarantor.Register("zheng@example.cn", "郑保");
        await guarantor.Found("担保、保险、银行机构", "99000000G00000001", "示例科技担保公司", "Example Technology Guarantee");
        var organisation = OrganisationId.ForUscc(Market.CodeOf("99000000G00000001"));
        await market.Accept(Market.Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));

        // Its capacity.
        await guarantor.Go("/home");
        await guarantor.LooksWell();
        await guarantor.Follow("担保额度");
        await guarantor.Prove();
        await guarantor.Fill("总额（元）", "5,000,000.00");
        await guarantor.Fill("最高担保比例（%）", "80");
        await guarantor.Fill("费率（%，一次性）", "1.5");
        await guarantor.Tick("本机构愿在此额度内承担担保责任。");
        await guarantor.Press("公布额度");
        await guarantor.Reads("额度已公布。");
        await guarantor.LooksWell();

        // Laboratory and company put it into their terms; it signs as the third.
        var agreement = await Agreed(market, lab, company);
        await guarantor.Go("/home");
        await guarantor.Follow("签署协议");
        await guarantor.LooksWell();
        await guarantor.Tick("我已阅读合同全文，并代表本机构签署。");
        await guarantor.Press("签署");
        await guarantor.Page.WaitForURLAsync($"**/agreements/{agreement}");
        var deal = (await market.Ask(Market.Administrator, new GetAgreement(agreement))).Value.Details;
        Assert.True(deal.SignedBy.HasFlag(Party.Third));
        await market.Accept(lab, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await market.Accept(lab, new DeliverResult(Guid.NewGuid(), agreement, "样机一台"));
        await market.Accept(company, new AcceptDelivery(Guid.NewGuid(), agreement));
        await market.Accept(company, new ConvertLicence(Guid.NewGuid(), agreement));

        // The company sells and does not pay; steps that wait are approved, and the guarantee is called.
        await stage.Pass(100);
        await market.Accept(company, new ReportSales(Guid.NewGuid(), agreement, 1, new Money(1_000_000_00, Currency.Cny), [], Affirmation: new SalesAffirmation("赵总", "财务总监")));
        for (var month = 0; month < 30 && (await Deal()).GuaranteeClaims.Count == 0; month++)
        {
            await stage.Pass(30);
            foreach (var (owed, step) in (await Deal()).Obligations.SelectMany(o => o.Proposed.Select(s => (o.Number, s.Step))))
            {
                await market.Accept(Market.Administrator, new ApproveEnforcementStep(Guid.NewGuid(), agreement, owed, step));
            }
        }

        var claim = Assert.Single((await Deal()).GuaranteeClaims);
        await guarantor.Go("/home");
        await guarantor.FollowOne("就第");
        await guarantor.Reads("银行转账单");
        await guarantor.Follow("事件、争议与执行");
        await guarantor.Reads("担保履行");
        await guarantor.LooksWell();
        await market.Accept(Market.Administrator, new RecordGuaranteePayment(Guid.NewGuid(), agreement, 1, "bank", "line 1", new Money(claim.AmountMinor, Currency.Cny), market.Today));

        // It recovers what it has paid.
        await guarantor.Go("/guarantees");
        await guarantor.Page.GetByRole(AriaRole.Region, new() { Name = "代偿请求明细" }).GetByRole(AriaRole.Link).ClickAsync();
        await guarantor.Fill("金额（CNY）", (claim.AmountMinor / 100m).ToString("F2", System.Globalization.CultureInfo.InvariantCulture));
        await guarantor.Fill("凭证", "追偿协议一号");
        await guarantor.Press("登记追偿");
        await guarantor.Reads("已办理。");
        var settled = (await Deal()).GuaranteeClaims.Single();
        Assert.Equal((claim.AmountMinor, claim.AmountMinor), (settled.PaidMinor, settled.RecoveredMinor));
        await guarantor.Go("/home");
        await guarantor.LooksWell();

        async Task<Agreement> Deal() => (await market.Ask(Market.Administrator, new GetAgreement(agreement))).Value.Details;
    }

    private async Task<AgreementId> Agreed(Market market, Principal lab, Principal company)
    {
        var battery = await market.Noticed(lab, Market.Content(new("锌铁液流电池", "Zinc-iron flow battery"), TechnologyField.NewEnergy, 7));
        await stage.Pass(16);
        var terms = (await market.Ask(lab, new FillTemplate("tripartite-guarantee", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            $$"""{"fieldOfUse":"电网储能","thirdPartyRole":"guarantor","thirdPartyName":"示例科技担保公司","thirdPartyUscc":"{{Market.CodeOf("99000000G00000001").Value}}","thirdPartyContact":"郑保"}""")!))).Value;
        var offer = OfferId.Wrap((await market.Accept(lab, new MakeOffer(Guid.NewGuid(), battery, terms, market.Today.AddYears(1)))).Id);
        var agreement = AgreementId.Wrap((await market.Accept(company, new ApplyForTrial(Guid.NewGuid(), offer, "储能样机"))).Id);
        await market.Accept(lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await market.Accept(lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await market.Accept(company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        var document = (await market.Ask(company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await market.Accept(company, new SignAgreement(Guid.NewGuid(), agreement, document));
        await market.Accept(lab, new SignAgreement(Guid.NewGuid(), agreement, document));
        return agreement;
    }
}
