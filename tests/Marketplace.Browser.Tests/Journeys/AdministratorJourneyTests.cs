using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Teams;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Organisations;

/// <summary>From an empty marketplace to money that has come in by bank and gone out by bank, as the first administrator and a second one see it.</summary>
public sealed class AdministratorJourneyTests : Journey
{
    [Fact]
    public async Task An_administrator_opens_the_marketplace_verifies_who_comes_and_settles_what_they_owe()
    {
        await using var first = await First();
        await first.Go("/home");
        await first.IsHeaded("工作台");
        await first.LooksWell();

        // A second administrator is invited, since money needs two.
        await using var second = await Colleague(first, "shen@example.cn", "沈二", MemberRole.Administrator, MemberRole.Approver);
        await second.Go("/home");
        await second.IsHeaded("工作台");

        // Two organisations come, and are verified.
        var lab = await Came(first, OrganisationKind.Lab, ActorRole.Lab, "99000000L00000001", "海河储能实验室", "Haihe Storage Laboratory");
        var company = await Came(first, OrganisationKind.Company, ActorRole.Company, "99000000C00000001", "示例储能公司", "Example Storage Company");

        // The platform's account.
        await first.Go("/bank");
        await first.Fill("户名", "示例平台有限公司");
        await first.Fill("账号", BankFile.Account);
        await first.Fill("币种", "CNY");
        await first.Fill("开户行（可不填）", "示例银行天津分行");
        await first.LooksWell();
        await first.Press("登记账户");
        await first.Reads(BankFile.Account);

        // They come to an agreement, and its lump sum falls due.
        var agreement = await Converted(lab, company);
        await Market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        var owed = (await Market.Ask(company, new GetAgreement(agreement))).Value.Details.Obligations.Single(o => o.WasInvoiced);
        await first.Go("/settlement");
        await first.LooksWell();

        // It is paid by bank: the statement is uploaded, and its reference says what it is for.
        var sheet = (await Market.Ask(company, new GetPaymentSheet(agreement, [owed.Number]))).Value;
        await Upload(first, BankFile.Of(Market.Today, 0, (sheet.Total.AmountMinor, "示例储能公司", sheet.Reference.ToString())));
        await first.Go("/bank/lines");
        await first.Choose("状态", "全部状态");
        await first.Press("筛选");
        await Assertions.Expect(first.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "示例储能公司" })).ToContainTextAsync("已入账");
        Assert.Equal(ObligationStatus.Paid, (await Market.Ask(company, new GetAgreement(agreement))).Value.Details.Obligations.Single(o => o.Number == owed.Number).Status);

        // The laboratory divides it and wants its share; its account is verified, and two approve the payment.
        await Market.Accept(lab, new DistributeIncome(Guid.NewGuid(), agreement));
        var payee = PayoutAccountId.Wrap((await Market.Accept(lab, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("海河储能实验室", "62170002", "示例银行")))).Id);
        await first.Go("/account/prove?back=/bank/payments");
        await first.ProveHere();
        await first.Press("已核实");
        await Market.Accept(lab, new PayLab(Guid.NewGuid(), agreement, BankMatching.Source, BankPayments.MethodOf(payee)));
        await Market.WorkOff(agreement);
        await first.Go("/bank/payments");
        await first.Press("批准");
        await first.LooksWell();
        await second.Go("/account/prove?back=/bank/payments");
        await second.ProveHere();
        await second.Press("复核批准");
        await second.Press("把已批准的付款写入文件");
        await second.Reads("付款文件");
        var order = (await Market.Ask(Market.Administrator, new ListBankPayments())).Value.Items.Single();

        // The bank has paid it: the next statement says so, and nothing is left in between.
        await Stage.Pass(1);
        await Upload(first, BankFile.Of(Market.Today, sheet.Total.AmountMinor, (-order.AmountMinor, "海河储能实验室", BankPaymentOrder.EndToEndIdOf(PaymentIntentId.Wrap(order.Intent)))));
        await Stage.Pass(1); // what is under way is looked at again
        await first.Go("/bank/payments?status=Made");
        await first.Reads("海河储能实验室");
        var settled = (await Market.Ask(Market.Administrator, new GetAgreement(agreement))).Value.Details;
        Assert.Equal(IntentStatus.Succeeded, settled.Intents.Single(i => i.Kind == IntentKind.Payout).Status);
        Assert.Equal(0, settled.BalanceMinor("lab.payable", Currency.Cny));
        await first.Go("/settlement");
        await first.LooksWell();
        await first.Go("/records");
        await first.Reads("psn_");
        await first.LooksWell();
    }

    /// <summary>It registers by itself; the administrator looks at it and verifies it.</summary>
    private async Task<Principal> Came(Walker administrator, OrganisationKind kind, ActorRole role, string seventeen, string nameZh, string nameEn)
    {
        var id = OrganisationId.Wrap((await Market.Accept(
            Principal.Visitor, new RegisterOrganisation(Guid.NewGuid(), kind, new(nameZh, nameEn), Market.CodeOf(seventeen).Value))).Id);
        await administrator.Go("/organisations?status=Registered");
        await administrator.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = nameZh }).GetByRole(AriaRole.Link, new() { Name = "查看与决定" }).ClickAsync();
        await administrator.LooksWell();
        await administrator.Choose("决定", "通过核验");
        await administrator.Press("提交决定");
        await administrator.Go("/organisations?status=Verified");
        await administrator.Reads(nameZh);
        return Principal.Whole(role, id, "wang");
    }

    private async Task Upload(Walker administrator, byte[] file)
    {
        await administrator.Go("/bank/statements");
        await administrator.Page.GetByLabel("文件（至多 96 MB）").SetInputFilesAsync(new FilePayload { Name = "statement.xml", MimeType = "application/xml", Buffer = file });
        await administrator.Press("上传");
        await administrator.Page.WaitForURLAsync("**/bank/statements/*");
        await Market.Sweep();
    }
}
