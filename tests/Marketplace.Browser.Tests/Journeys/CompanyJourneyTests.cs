using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;

/// <summary>From nothing to a royalty that is paid, as the owner of a company sees it. It signs by the keyboard alone.</summary>
public sealed class CompanyJourneyTests : Journey
{
    [Fact]
    public async Task A_company_finds_a_result_tries_it_first_and_pays_later()
    {
        var lab = await Laboratory();
        await Offered(lab, "try-and-buy", """{"fieldOfUse":"电网储能","periodMonths":3,"commercialMonths":24}""");
        await Stage.Pass(0);

        await using var company = await Stage.Newcomer();
        await company.Register("zhou@example.cn", "周企");
        await company.Found("企业", "99000000C00000001", "示例储能公司", "Example Storage Company");
        var organisation = OrganisationId.ForUscc(Market.CodeOf("99000000C00000001"));
        await Market.Accept(Market.Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));
        var self = Principal.Whole(ActorRole.Company, organisation, "zhou");

        // It finds the result, knows the cost, and applies.
        await company.Go("/");
        await company.Fill("关键词", "液流电池");
        await company.Page.Keyboard.PressAsync("Enter");
        await company.Follow("锌铁液流电池");
        await company.FollowOne("测算费用");
        await company.Page.GetByLabel("首年净销售额（CNY）").FillAsync("5000000");
        await company.Press("测算");
        await company.Reads("每一笔付款（按假设）");
        await company.Follow("返回成果");
        await company.FollowOne("申请试用");
        await company.LooksWell();
        await company.Fill("想试用什么，用在哪里", "二十千瓦储能样机，用于园区微电网。");
        await company.Press("提交申请");
        await company.IsHeaded("锌铁液流电池");
        var agreement = AgreementId.Wrap(company.Where.Split('/')[^1]);
        await Market.Accept(lab, new AcceptApplication(Guid.NewGuid(), agreement));

        // It wants a longer trial and a criterion; the laboratory agrees.
        await company.Go("/home");
        await company.Follow("答复第 1 版条款");
        await company.LooksWell();
        await company.Follow("另提一版条款");
        await company.LooksWell();
        await company.Fill("试用期（月）", "99");
        await company.Press("提出这一版");
        await company.Reads("须在"); // out of bounds: told beside the field
        await Assertions.Expect(company.Page.GetByLabel("试用期（月）", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await company.Fill("试用期（月）", "9");
        foreach (var (field, text) in new[] { ("name", "往返效率"), ("measure", "交流侧往返效率"), ("unit", "%"), ("low", "82.5"), ("method", "恒功率循环三次") })
        {
            await company.Page.Locator($"[id='terms-criteria[0].{field}']").FillAsync(text);
        }

        await company.Fill("说明（选填）", "试用期须覆盖一个采暖季。");
        await company.Press("先看条款");
        await company.Reads("这样填写的条款（尚未提交）");
        await company.Press("提出这一版");
        await company.Reads("正在等待对方答复");
        await Market.Accept(lab, new AcceptTerms(Guid.NewGuid(), agreement, 2));

        // It signs without a mouse.
        await company.Go("/home");
        await company.Key(AriaRole.Link, "签署协议");
        await company.IsHeaded("签署协议");
        await company.Key(AriaRole.Link, "先验证身份");
        await company.ProveByKeyboard();
        await company.IsHeaded("签署协议");
        await company.Key(AriaRole.Button, "签署");
        await company.Reads("请核对后勾选确认。"); // nothing is signed by one key
        await company.Key(AriaRole.Checkbox, "我已阅读合同全文，并代表本机构签署。", "Space");
        await company.Key(AriaRole.Button, "签署");
        await company.Page.WaitForURLAsync($"**/agreements/{agreement}");
        var document = (await Market.Ask(self, new GetAgreement(agreement))).Value.Details;
        Assert.True(document.SignedBy.HasFlag(Party.Company));
        await Market.Accept(lab, new SignAgreement(Guid.NewGuid(), agreement, document.DocumentHash!));
        await Market.Accept(lab, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await Market.Accept(lab, new DeliverResult(Guid.NewGuid(), agreement, "样机一台"));

        // The trial: accepted, measured, signed off, converted.
        await company.Go("/home");
        await company.FollowOne("验收交付");
        await company.LooksWell();
        await company.Tick("我已清点交付内容。");
        await company.Press("接受交付，开始试用");
        await company.Choose("种类", "测量");
        await company.Choose("指标（测量时）", "往返效率");
        await company.Fill("测量值", "84.25");
        await company.Press("记录");
        await company.Reads("84.25");
        await company.LooksWell();
        await company.Press("提请对方确认");
        await Market.Accept(lab, new ConfirmSignOff(Guid.NewGuid(), agreement));
        await company.Go($"/agreements/{agreement}/trial");
        await company.Reads("确认");
        await company.Follow("转化、延期或退回");
        await company.LooksWell();
        await company.Tick("我已阅读合同，决定转化；转化不能撤销。");
        await company.Press("转化");
        await company.Page.WaitForURLAsync($"**/agreements/{agreement}");

        // It sells, reports, and pays what follows from it.
        await Stage.Pass(100);
        await company.Go("/home");
        await company.FollowOne("提交第 1 期销售报告");
        await company.Fill("销售额（CNY）", "1,000,000.00");
        await company.Page.Locator("#figures-name").FillAsync("赵总");
        await company.Page.Locator("#figures-position").FillAsync("财务总监");
        await company.Press("提交第 1 期报告");
        await company.Reads("第 1 期");
        await Market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await company.Go("/home");
        await company.FollowOne("支付第 1 笔");
        await company.LooksWell();
        await company.Page.GetByLabel("模拟支付").First.CheckAsync();
        await company.Press("继续");
        await Assertions.Expect(company.Page.GetByRole(AriaRole.Heading, new() { Name = "已付款" })).ToBeVisibleAsync();

        var paid = (await Market.Ask(self, new GetAgreement(agreement))).Value.Details;
        Assert.Equal(ObligationStatus.Paid, paid.Obligations[0].Status);
        Assert.Equal(40_000_00, paid.Obligations[0].Principal.ChargedMinor); // 4 % of what was sold
        Assert.Equal(40_000_00, paid.Receipts.Sum(r => r.AllocatedMinor));
        await company.Go($"/agreements/{agreement}");
        await company.Reads("已付清");
        await company.LooksWell();
    }
}
