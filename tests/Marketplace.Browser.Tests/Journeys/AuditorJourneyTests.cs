using System.Text.Json;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.LabResults;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Licensing;

/// <summary>An auditor of the marketplace reads the books down to who wrote what, carries it off, and finds nothing to press.</summary>
public sealed class AuditorJourneyTests : IAsyncLifetime
{
    private readonly Stage stage = new();

    public ValueTask InitializeAsync() => stage.InitializeAsync();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task An_auditor_reads_everything_and_changes_nothing()
    {
        var agreement = await Settled();
        await using var first = await stage.Newcomer();
        await first.Register(Stage.FirstAdministrator, "管一");
        await first.Go("/account/prove?back=/team");
        await first.ProveHere();
        await first.Fill("邮箱", "ji@example.cn");
        await first.Page.Locator("#invite-Auditor").CheckAsync();
        await first.Press("发送邀请");
        await first.Reads("邀请已发送。");
        await using var auditor = await stage.Newcomer();
        await auditor.Register("ji@example.cn", "纪审");
        await auditor.Go("/development/mail");
        await auditor.OpenLetter("ji@example.cn", "/account/join?");
        await auditor.Reads("审计员");
        await auditor.Press("接受邀请");

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
        var market = stage.Market;
        var lab = await market.Registered(ActorRole.Lab, "99000000L00000001", new("海河储能实验室", "Haihe Storage Laboratory"));
        var company = await market.Registered(ActorRole.Company, "99000000C00000001", new("示例储能公司", "Example Storage Company"));
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
        await market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        await market.Accept(company, new PayObligations(Guid.NewGuid(), agreement, [1], "sandbox", "sandbox:ok"));
        await market.WorkOff(agreement);
        await market.Accept(lab, new DistributeIncome(Guid.NewGuid(), agreement));
        var payee = PayoutAccountId.Wrap((await market.Accept(lab, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("海河储能实验室", "62170002", "示例银行")))).Id);
        await market.Accept(Market.Administrator, new VerifyPayoutAccount(Guid.NewGuid(), payee));
        await market.Accept(lab, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("海河储能实验室", "62170003", "示例银行")));
        await market.Accept(lab, new PayLab(Guid.NewGuid(), agreement, BankMatching.Source, BankPayments.MethodOf(payee)));
        await market.WorkOff(agreement);
        return agreement;
    }
}
