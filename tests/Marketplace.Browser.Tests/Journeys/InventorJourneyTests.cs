using System.Text.Json;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;

/// <summary>From a laboratory's invitation to a share that is paid, as an inventor sees it.</summary>
public sealed class InventorJourneyTests : IAsyncLifetime
{
    private readonly Stage stage = new();

    public ValueTask InitializeAsync() => stage.InitializeAsync();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    /// <summary>300 000.00 less 2 % fee; half of it to the inventors, and three quarters of that.</summary>
    [Fact]
    public async Task An_inventor_joins_sees_their_share_grow_and_is_paid()
    {
        const string Share = "110,250.00 元";
        var market = stage.Market;
        var lab = await market.Registered(ActorRole.Lab, "99000000L00000001", new("海河储能实验室", "Haihe Storage Laboratory"));
        var company = await market.Registered(ActorRole.Company, "99000000C00000001", new("示例储能公司", "Example Storage Company"));
        await using var laboratory = await stage.Known(lab);
        await laboratory.Go("/team");
        await laboratory.Fill("邮箱", "jia@example.cn");
        await laboratory.Page.Locator("#invite-Inventor").CheckAsync();
        await laboratory.Fill("完成人姓名（邀请完成人时填写，须与收益分配中的写法一致）", "示例甲");
        await laboratory.Press("发送邀请");
        await laboratory.Reads("邀请已发送。");
        await laboratory.LooksWell();

        // The letter leads to an account, and then into the team.
        await using var inventor = await stage.Newcomer();
        await inventor.Go("/development/mail");
        await inventor.OpenLetter("jia@example.cn", "/account/join?");
        await inventor.IsHeaded("加入海河储能实验室");
        await inventor.LooksWell();
        await inventor.Follow("注册");
        await inventor.Enrol("jia@example.cn", "示例甲");
        await inventor.Go("/development/mail");
        await inventor.OpenLetter("jia@example.cn", "/account/join?");
        await inventor.Press("接受邀请");
        await inventor.IsHeaded("我的收益份额");
        await inventor.Reads("还没有您的份额");
        await inventor.LooksWell();

        // A company applies: the share is there, and nothing of it.
        var agreement = await Converted(market, lab, company);
        await inventor.Go("/home");
        await inventor.Reads("75%");
        await inventor.Reads("0.00 元");

        // Money arrives and is divided.
        await market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await market.Accept(company, new PayObligations(Guid.NewGuid(), agreement, [1], "sandbox", "sandbox:ok"));
        await market.WorkOff(agreement);
        await market.Accept(lab, new DistributeIncome(Guid.NewGuid(), agreement));
        await stage.Tell();
        await inventor.Go("/notices");
        await inventor.Reads("收益已分配，其中有您的份额。");
        await inventor.LooksWell();
        await inventor.Follow("锌铁液流电池");
        await inventor.IsHeaded("我的份额：锌铁液流电池");
        await Figure("待付", Share);
        await Figure("已付出", "0.00 元");
        await inventor.LooksWell();

        // The laboratory has it paid out.
        await laboratory.Go("/home");
        await laboratory.FollowOne("向完成人付款");
        await laboratory.Choose("收款人", "完成人 示例甲");
        await laboratory.Choose("方式", "模拟支付：全额即时到账。");
        await laboratory.Tick("我已核对收款人与账户；付出后不能撤回。");
        await laboratory.Press("付出");
        await laboratory.Reads("付款指令已下达");
        await inventor.Go("/shares");
        await inventor.Follow("锌铁液流电池");
        await Figure("付款中", Share);
        await market.WorkOff(agreement);
        await stage.Tell();
        await inventor.Go("/notices");
        await inventor.Reads($"您的收益份额 {Share} 已付出");
        await inventor.Follow("锌铁液流电池");
        await Figure("待付", "0.00 元");
        await Figure("已付出", Share);
        await inventor.LooksWell();

        Task Figure(string label, string value) => Assertions.Expect(
            inventor.Page.Locator(".figure", new() { Has = inventor.Page.GetByText(label, new() { Exact = true }) }).Locator("strong")).ToHaveTextAsync(value);
    }

    private async Task<AgreementId> Converted(Market market, Principal lab, Principal company)
    {
        var battery = await market.Noticed(lab, Market.Content(new("锌铁液流电池", "Zinc-iron flow battery"), TechnologyField.NewEnergy, 7));
        await stage.Pass(16);
        var terms = (await market.Ask(lab, new FillTemplate("trial-then-lump-sum", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"fieldOfUse":"电网储能"}""")!))).Value;
        var offer = OfferId.Wrap((await market.Accept(lab, new MakeOffer(Guid.NewGuid(), battery, terms, market.Today.AddYears(1)))).Id);
        var agreement = AgreementId.Wrap((await market.Accept(company, new ApplyForTrial(Guid.NewGuid(), offer, "储能样机"))).Id);
        await market.Accept(lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await market.Accept(lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await market.Accept(company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await market.SignAndDeliver(agreement, lab, company);
        await market.Accept(company, new ConvertLicence(Guid.NewGuid(), agreement));
        return agreement;
    }
}
