using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Teams;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;

/// <summary>An auditor of the marketplace reads the books down to who wrote what, carries it off, and finds nothing to press.</summary>
public sealed class AuditorJourneyTests : Journey
{
    [Fact]
    public async Task An_auditor_reads_everything_and_changes_nothing()
    {
        var agreement = await Settled();
        await using var first = await First();
        await using var auditor = await Colleague(first, "ji@example.cn", "纪审", MemberRole.Auditor);

        // From a number to its postings.
        await auditor.Go("/home");
        await auditor.CommandsNothing();
        await auditor.Follow("结算总览");
        await auditor.IsHeaded("结算总览");
        await auditor.CommandsNothing();
        await auditor.FollowOne("已收款");
        await auditor.Reads("300,000.00 元");
        await auditor.CommandsNothing();
        await auditor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First.ClickAsync();
        await auditor.IsHeaded("科目：");
        await auditor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        await auditor.Reads("收到款项 300,000.00 元");
        await auditor.LooksWell();
        await auditor.CommandsNothing();
        Assert.Contains("300000.00", await auditor.Download("CSV"), StringComparison.Ordinal);

        // The deal itself, and what waits in it for others.
        foreach (var address in new[]
        {
            $"/agreements/{agreement}", $"/agreements/{agreement}/matters", $"/agreements/{agreement}/money", $"/agreements/{agreement}/income", $"/agreements/{agreement}/delivery",
            "/bank", "/bank/payments", "/bank/statements", "/bank/lines?status=all", "/provider-notices", "/reconciliation", "/quarantine", "/organisations", "/obligations", "/payments",
            "/statements", "/reports-at-risk", "/anomalies", "/disputes",
        })
        {
            await auditor.Go(address);
            Assert.True(auditor.Status == 200, $"{address} answered {auditor.Status}");
            await auditor.CommandsNothing();
        }

        // The records: what was there before, and what since.
        await auditor.Go("/records");
        await auditor.Fill("事项", "organisation-verified");
        await auditor.Press("查询");
        await auditor.LooksWell();
        await auditor.CommandsNothing();
        Assert.Contains("organisation-verified", await auditor.Download("CSV"), StringComparison.Ordinal);
        await auditor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First.ClickAsync();
        await auditor.IsHeaded("organisation-verified");
        var status = auditor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "verified" }).First;
        await Assertions.Expect(status).ToContainTextAsync("registered");
        await auditor.LooksWell();
        await auditor.CommandsNothing();
    }

    /// <summary>A lump sum that is paid, and a payout that two have to approve.</summary>
    private async Task<AgreementId> Settled()
    {
        var (lab, company) = (await Laboratory(), await Company());
        var agreement = await Converted(lab, company);
        await Market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await Market.Accept(company, new PayObligations(Guid.NewGuid(), agreement, [1], "sandbox", "sandbox:ok"));
        await Market.WorkOff(agreement);
        await Market.Accept(lab, new DistributeIncome(Guid.NewGuid(), agreement));
        var payee = PayoutAccountId.Wrap((await Market.Accept(lab, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("海河储能实验室", "62170002", "示例银行")))).Id);
        await Market.Accept(Market.Administrator, new VerifyPayoutAccount(Guid.NewGuid(), payee));
        await Market.Accept(lab, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("海河储能实验室", "62170003", "示例银行")));
        await Market.Accept(lab, new PayLab(Guid.NewGuid(), agreement, BankMatching.Source, BankPayments.MethodOf(payee)));
        await Market.WorkOff(agreement);
        return agreement;
    }
}
