using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Organisations;

/// <summary>From nothing to money on the laboratory's account, as its owner sees it.</summary>
public sealed class LabJourneyTests : Journey
{
    [Fact]
    public async Task A_laboratory_lists_a_result_licenses_it_and_is_paid()
    {
        var company = await Company();
        await using var lab = await Stage.Newcomer();
        await lab.Register("lin@example.cn", "林海");
        await lab.Found("高校院所、新型研发机构", "99000000L00000001", "海河储能实验室", "Haihe Storage Laboratory");
        var organisation = OrganisationId.ForUscc(Market.CodeOf("99000000L00000001"));
        await Market.Accept(Market.Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));

        // The result: a draft, the declaration, the price, the notice.
        await lab.Go("/home");
        await lab.Follow("我的成果");
        await lab.Follow("登记新成果");
        await lab.LooksWell();
        await lab.Fill("名称（中文）", "锌铁液流电池");
        await lab.Fill("应用行业代码", "Z99");
        await lab.Press("保存草稿");
        await lab.Reads("国民经济行业代码"); // it stands beside the field, and what was typed is kept
        await Microsoft.Playwright.Assertions.Expect(lab.Page.GetByLabel("名称（中文）")).ToHaveValueAsync("锌铁液流电池");
        await lab.Fill("应用行业代码", "C3841");
        await lab.Press("保存草稿");
        await lab.IsHeaded("管理成果：锌铁液流电池");
        await lab.Reads("内容还不完整——名称（英文）：");
        await lab.Follow("去补充");
        await lab.Fill("名称（英文）", "Zinc-iron flow battery");
        foreach (var (label, zh, en) in new[]
        {
            ("一句话介绍", "安全的长时储能。", "Safe storage for long hours."), ("解决什么问题", "锂电池易燃。", "Lithium cells burn."),
            ("与主流方案相比", "寿命两倍。", "Twice the life."), ("采用后的好处", "成本降三成。", "A third off the cost."),
        })
        {
            await lab.Fill($"{label}（中文）", zh);
            await lab.Fill($"{label}（英文）", en);
        }

        await lab.Choose("技术领域", "新能源");
        await lab.Fill("技术就绪度", "TRL 7 (GB/T 22900)");
        await lab.Choose("种类 1", "发明专利");
        await lab.Choose("状态 1", "已授权");
        await lab.Fill("申请号或登记号 1", "201310699744.2");
        await lab.Fill("姓名 1", "示例甲");
        await lab.Fill("份额 1（%）", "75");
        await lab.Fill("姓名 2", "示例乙");
        await lab.Fill("份额 2（%）", "25");
        await lab.Press("保存草稿");
        await lab.Tick("本机构对该成果权属清晰，有权处分。");
        await lab.Tick("该成果不存在争议。");
        await lab.Press("提交");
        await lab.Choose("定价方式", "协议定价");
        await lab.Fill("拟定价格（元）", "1,000,000.00");
        await lab.LooksWell();
        await lab.Press("拟定价格");
        await lab.Press("开始公示");
        await lab.Reads("公示至");
        await Stage.Pass(16);
        await lab.Go("/results/mine");
        await lab.Follow("锌铁液流电池");
        await lab.Reads("上架");

        // The offer, from a template.
        await lab.Follow("发出要约");
        await lab.Follow("先试用后一次性付费（普通许可）");
        await lab.Fill("使用领域", "电网储能");
        await lab.Press("先看条款");
        await lab.Reads("这样填写的条款（尚未提交）");
        await lab.LooksWell();
        await lab.Press("发出要约");
        await lab.IsHeaded("锌铁液流电池");
        var offer = (await Market.Ask(Principal.Visitor, new Application.Licensing.ListOffers())).Value.Items.Single();

        // Somebody applies; both agree, sign, and the trial begins.
        var agreement = AgreementId.Wrap((await Market.Accept(company, new ApplyForTrial(Guid.NewGuid(), OfferId.Wrap(offer.Offer), "储能样机"))).Id);
        await lab.Go("/home");
        await lab.Follow("答复试用申请");
        await lab.LooksWell();
        await lab.Press("受理");
        await lab.Press("接受第 1 版");
        await Market.Accept(company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await lab.Go("/home");
        await lab.Follow("签署协议");
        await lab.LooksWell();
        await lab.Prove();
        await lab.Tick("我已阅读合同全文，并代表本机构签署。");
        await lab.Press("签署");
        var document = (await Market.Ask(company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await Market.Accept(company, new SignAgreement(Guid.NewGuid(), agreement, document));
        await lab.Go("/home");
        await lab.Follow("办理协议备案");
        await lab.LooksWell();
        await lab.Fill("备案编号", "津备-2026-1");
        await lab.Press("登记备案");
        await lab.Fill("交付了什么，以何种方式", "样机一台与技术资料");
        await lab.Press("登记交付");
        await lab.Reads("等待企业验收");
        await Market.Accept(company, new AcceptDelivery(Guid.NewGuid(), agreement));
        await lab.Go($"/agreements/{agreement}/trial");
        await lab.Choose("种类", "情况说明");
        await lab.Fill("说明", "样机已通电。");
        await lab.Press("记录");
        await lab.Reads("样机已通电。");

        // It converts and pays; the laboratory divides, registers its account, and is paid.
        await Market.Accept(company, new ConvertLicence(Guid.NewGuid(), agreement));
        await Stage.Pass(400);
        var owed = (await Market.Ask(company, new GetAgreement(agreement))).Value.Details.Obligations;
        Assert.NotEmpty(owed);
        await Market.Accept(company, new PayObligations(Guid.NewGuid(), agreement, [.. owed.Where(o => o.WasInvoiced).Select(o => o.Number)], "sandbox", "sandbox:ok"));
        await Market.WorkOff(agreement);
        await lab.Go("/home");
        await lab.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { NameRegex = new("^分配已到账收益") }).First.ClickAsync();
        await lab.Press("分配");
        await lab.Reads("已分配。");
        await lab.LooksWell();
        foreach (var payee in new[] { "海河储能实验室", "完成人 示例甲", "完成人 示例乙" })
        {
            await lab.Choose("收款人", payee);
            await lab.Choose("方式", "模拟支付：全额即时到账。");
            await lab.Tick("我已核对收款人与账户；付出后不能撤回。");
            await lab.Press("付出");
            await lab.Reads("付款指令已下达");
            await Market.WorkOff(agreement);
            await lab.Go($"/agreements/{agreement}/income");
        }

        var settled = (await Market.Ask(Market.Administrator, new GetAgreement(agreement))).Value.Details;
        Assert.All(settled.Intents, i => Assert.Equal(IntentStatus.Succeeded, i.Status));
        Assert.Equal(settled.Receipts.Sum(r => r.Amount.AmountMinor), settled.Intents.Where(i => i.Kind == IntentKind.Payout).Sum(i => i.MovedMinor) + settled.Balances.Where(b => b.Key.StartsWith("platform", StringComparison.Ordinal)).Sum(b => -b.Value));
        await lab.Go($"/agreements/{agreement}");
        await lab.Reads("向院所付款");
        await lab.LooksWell();
    }
}
