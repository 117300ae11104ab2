using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Organisations;

/// <summary>From nothing to a claim that is paid and recovered, as the owner of a guarantor sees it.</summary>
public sealed class GuarantorJourneyTests : Journey
{
    [Fact]
    public async Task A_guarantor_offers_its_capacity_signs_pays_a_claim_and_recovers_it()
    {
        var lab = await Laboratory();
        var company = await Company();
        await using var guarantor = await Stage.Newcomer();
        await guarantor.Register("zheng@example.cn", "郑保");
        await guarantor.Found("担保、保险、银行机构", "99000000G00000001", "示例科技担保公司", "Example Technology Guarantee");
        var organisation = OrganisationId.ForUscc(Market.CodeOf("99000000G00000001"));
        await Market.Accept(Market.Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));

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
        var agreement = await SignedByTwo(lab, company, "guarantor", "示例科技担保公司", "99000000G00000001");
        await guarantor.Go("/home");
        await guarantor.Follow("签署协议");
        await guarantor.LooksWell();
        await guarantor.Tick("我已阅读合同全文，并代表本机构签署。");
        await guarantor.Press("签署");
        await guarantor.Page.WaitForURLAsync($"**/agreements/{agreement}");
        var deal = await Deal(agreement);
        Assert.True(deal.SignedBy.HasFlag(Party.Third));
        await Market.Accept(lab, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await Market.Accept(lab, new DeliverResult(Guid.NewGuid(), agreement, "样机一台"));
        await Market.Accept(company, new AcceptDelivery(Guid.NewGuid(), agreement));
        await Market.Accept(company, new ConvertLicence(Guid.NewGuid(), agreement));

        // The company sells and does not pay; steps that wait are approved, and the guarantee is called.
        await Stage.Pass(100);
        await Market.Accept(company, new ReportSales(Guid.NewGuid(), agreement, 1, new Money(1_000_000_00, Currency.Cny), [], Affirmation: new SalesAffirmation("赵总", "财务总监")));
        for (var month = 0; month < 30 && (await Deal(agreement)).GuaranteeClaims.Count == 0; month++)
        {
            await Stage.Pass(30);
            foreach (var (owed, step) in (await Deal(agreement)).Obligations.SelectMany(o => o.Proposed.Select(s => (o.Number, s.Step))))
            {
                await Market.Accept(Market.Administrator, new ApproveEnforcementStep(Guid.NewGuid(), agreement, owed, step));
            }
        }

        var claim = Assert.Single((await Deal(agreement)).GuaranteeClaims);
        await guarantor.Go("/home");
        await guarantor.FollowOne("就第");
        await guarantor.Reads("银行转账单");
        await guarantor.Follow("事件、争议与执行");
        await guarantor.Reads("担保履行");
        await guarantor.LooksWell();
        await Market.Accept(Market.Administrator, new RecordGuaranteePayment(Guid.NewGuid(), agreement, 1, "bank", "line 1", new Money(claim.AmountMinor, Currency.Cny), Market.Today));

        // It recovers what it has paid.
        await guarantor.Go("/guarantees");
        await guarantor.Page.GetByRole(AriaRole.Region, new() { Name = "代偿请求明细" }).GetByRole(AriaRole.Link).ClickAsync();
        await guarantor.Fill("金额（CNY）", (claim.AmountMinor / 100m).ToString("F2", System.Globalization.CultureInfo.InvariantCulture));
        await guarantor.Fill("凭证", "追偿协议一号");
        await guarantor.Press("登记追偿");
        await guarantor.Reads("已办理。");
        var settled = (await Deal(agreement)).GuaranteeClaims.Single();
        Assert.Equal((claim.AmountMinor, claim.AmountMinor), (settled.PaidMinor, settled.RecoveredMinor));
        await guarantor.Go("/home");
        await guarantor.LooksWell();
    }
}
