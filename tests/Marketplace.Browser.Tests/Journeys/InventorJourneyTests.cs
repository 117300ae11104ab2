using Marketplace.Domain;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

/// <summary>From a laboratory's invitation to a share that is paid, as an inventor sees it.</summary>
public sealed class InventorJourneyTests : Journey
{
    /// <summary>300 000.00 less 2 % fee; half of it to the inventors, and three quarters of that.</summary>
    [Fact]
    public async Task An_inventor_joins_sees_their_share_grow_and_is_paid()
    {
        const string Share = "110,250.00 元";
        var lab = await Laboratory();
        var company = await Company();
        await using var laboratory = await Stage.Known(lab);
        await laboratory.Go("/team");
        await laboratory.Fill("邮箱", "jia@example.cn");
        await laboratory.Page.Locator("#invite-Inventor").CheckAsync();
        await laboratory.Fill("完成人姓名（邀请完成人时填写，须与收益分配中的写法一致）", "示例甲");
        await laboratory.Press("发送邀请");
        await laboratory.Reads("邀请已发送。");
        await laboratory.LooksWell();

        // The letter leads to an account, and then into the team.
        await using var inventor = await Stage.Newcomer();
        await inventor.Go("/development/mail");
        await inventor.OpenLetter("jia@example.cn", "/account/join?");
        await inventor.IsHeaded("加入海河储能实验室");
        await inventor.LooksWell();
        await inventor.Follow("注册");
        await inventor.Enrol("jia@example.cn", "示例甲");
        await inventor.Join("jia@example.cn");
        await inventor.IsHeaded("我的收益份额");
        await inventor.Reads("还没有您的份额");
        await inventor.LooksWell();

        // A company applies: the share is there, and nothing of it.
        var agreement = await Converted(lab, company);
        await inventor.Go("/home");
        await inventor.Reads("75%");
        await inventor.Reads("0.00 元");

        // Money arrives and is divided.
        await Market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await Market.Accept(company, new PayObligations(Guid.NewGuid(), agreement, [1], "sandbox", "sandbox:ok"));
        await Market.WorkOff(agreement);
        await Market.Accept(lab, new DistributeIncome(Guid.NewGuid(), agreement));
        await Stage.Tell();
        await inventor.Go("/notices");
        await inventor.Reads("收益已分配，其中有您的份额。");
        await inventor.LooksWell();
        await inventor.Follow("锌铁液流电池");
        await inventor.IsHeaded("我的份额：锌铁液流电池");
        await inventor.ReadsFigure("待付", Share);
        await inventor.ReadsFigure("已付出", "0.00 元");
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
        await inventor.ReadsFigure("付款中", Share);
        await Market.WorkOff(agreement);
        await Stage.Tell();
        await inventor.Go("/notices");
        await inventor.Reads($"您的收益份额 {Share} 已付出");
        await inventor.Follow("锌铁液流电池");
        await inventor.ReadsFigure("待付", "0.00 元");
        await inventor.ReadsFigure("已付出", Share);
        await inventor.LooksWell();
    }
}
