using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Teams;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Organisations;

/// <summary>An approver of the marketplace takes the second look: at a step against a company that has not paid, and at who comes. The daily business is not theirs.</summary>
public sealed class ApproverJourneyTests : Journey
{
    [Fact]
    public async Task An_approver_proves_who_they_are_and_approves_what_waits()
    {
        var agreement = await Unpaid();
        await using var first = await First();
        await using var approver = await Colleague(first, "pi@example.cn", "皮准", MemberRole.Approver);

        // The step that waits, from the first screen on.
        Stage.ProofsLapse();
        await approver.Go("/home");
        await approver.FollowOne("待批准的催收步骤");
        await approver.Reads("待批准：违约通知");
        await approver.FollowOne("锌铁液流电池，第 1 笔");
        await approver.Follow("事件、争议与执行");
        await approver.Reads("第 1 笔：违约通知");
        Assert.DoesNotContain("计入费用", await approver.Text(), StringComparison.Ordinal);
        await approver.LooksWell();
        await approver.Tick("我已核对欠款与送达情况。");
        await approver.Press("批准违约通知");
        await approver.Reads("在新窗口验证身份"); // what is grave asks for a proof
        Assert.Single((await Deal(agreement)).Obligations[0].Proposed);
        await approver.Go($"/account/prove?back=/agreements/{agreement}/matters");
        await approver.ProveHere();
        await approver.Tick("我已核对欠款与送达情况。");
        await approver.Press("批准违约通知");
        await approver.Reads("已办理。");
        Assert.Empty((await Deal(agreement)).Obligations[0].Proposed);
        await approver.Go($"/agreements/{agreement}");
        await approver.Reads("违约通知");

        // Whoever comes is looked at.
        await Market.Accept(Principal.Visitor, new RegisterOrganisation(Guid.NewGuid(), OrganisationKind.Company, new("示例电力公司", "Example Power Company"), Market.CodeOf("99000000C00000002").Value));
        await approver.Go("/organisations?status=Registered");
        await approver.Follow("查看与决定");
        await approver.Choose("决定", "通过核验");
        await approver.Press("提交决定");
        await approver.Go("/organisations?status=Verified");
        await approver.Reads("示例电力公司");

        // The bank's statements are for whoever runs the marketplace.
        foreach (var address in new[] { "/bank", "/bank/statements", "/team" })
        {
            await approver.Go(address);
            Assert.DoesNotContain("上传对账单", await approver.Text(), StringComparison.Ordinal);
            Assert.DoesNotContain("邀请成员", await approver.Text(), StringComparison.Ordinal);
            await Assertions.Expect(approver.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "登记账户" })).ToHaveCountAsync(0);
        }
    }

    /// <summary>A lump sum that nobody has paid for so long that a notice of breach is proposed.</summary>
    private async Task<AgreementId> Unpaid()
    {
        var (lab, company) = (await Laboratory(), await Company());
        var agreement = await Converted(lab, company);
        await Market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        for (var week = 0; week < 120 && !(await Deal(agreement)).Obligations.Any(o => o.Proposed.Any(s => s.Step == EnforcementStep.BreachNotice)); week++)
        {
            await Stage.Pass(7);
        }

        return agreement;
    }
}
