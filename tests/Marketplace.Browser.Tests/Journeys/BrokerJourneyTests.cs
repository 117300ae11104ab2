using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Organisations;

/// <summary>From nothing to a share that has come by bank, as the owner of a broker sees it.</summary>
public sealed class BrokerJourneyTests : Journey
{
    private const string Name = "示例技术经理人公司";

    private static readonly Principal Second = Principal.Whole(ActorRole.Administrator, null, "shen");

    /// <summary>30 000.00 of royalty less 2 % fee, and 5 % of that; 200 000.00 of lump sum are open besides.</summary>
    [Fact]
    public async Task A_broker_signs_follows_the_deal_and_is_paid_its_share()
    {
        const string Share = "1,470.00 元";
        var lab = await Laboratory();
        var company = await Company();
        await using var broker = await Stage.Newcomer();
        await broker.Register("hu@example.cn", "胡经");
        await broker.Found("技术经理人机构", "99000000B00000001", Name, "Example Broker");
        var organisation = OrganisationId.ForUscc(Market.CodeOf("99000000B00000001"));
        await Market.Accept(Market.Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));

        // Its account.
        Stage.ProofsLapse();
        await broker.Go("/home");
        await broker.Reads("还没有您作为第三方的协议");
        await broker.Reads("还没有收款账户");
        await broker.LooksWellInEveryGuise("broker-new");
        await broker.Follow("登记收款账户");
        await broker.Prove();
        await broker.Fill("户名", Name);
        await broker.Fill("账号", "62170009");
        await broker.Press("登记账户");
        await broker.Reads("收款账户已登记");
        await broker.LooksWell();
        var account = PayoutAccountId.Wrap((await Market.Ask(Market.Administrator, new ListPayoutAccounts())).Value.Items.Single().Account);
        await Market.Accept(Market.Administrator, new VerifyPayoutAccount(Guid.NewGuid(), account));

        // Laboratory and company put it into their terms; it signs as the third.
        var agreement = await SignedByTwo(lab, company, "broker", Name, "99000000B00000001");
        Stage.ProofsLapse();
        await broker.Go("/home");
        await broker.Reads("5%");
        Assert.DoesNotContain("还没有收款账户", await broker.Text(), StringComparison.Ordinal);
        await broker.Follow("签署协议");
        await broker.LooksWell();
        await broker.Follow("阅读合同全文");
        await broker.Reads("技术经理人");
        await broker.Go($"/agreements/{agreement}/sign");
        await broker.Prove();
        await broker.Tick("我已阅读合同全文，并代表本机构签署。");
        await broker.Press("签署");
        await broker.Page.WaitForURLAsync($"**/agreements/{agreement}");
        Assert.True((await Deal(agreement)).SignedBy.HasFlag(Party.Third));

        // It follows the trial, and what the company owes.
        await Market.Accept(lab, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await Market.Accept(lab, new DeliverResult(Guid.NewGuid(), agreement, "样机一台"));
        await Market.Accept(company, new AcceptDelivery(Guid.NewGuid(), agreement));
        await broker.Go("/home");
        await broker.Page.GetByRole(AriaRole.Region, new() { Name = "进行中的试用" }).GetByRole(AriaRole.Link).ClickAsync();
        await broker.IsHeaded("锌铁液流电池");
        await broker.Reads("试用中");
        await broker.LooksWell();
        await Market.Accept(company, new ConvertLicence(Guid.NewGuid(), agreement));
        await Stage.Pass(100);
        await Market.Accept(company, new ReportSales(Guid.NewGuid(), agreement, 1, new Money(1_000_000_00, Currency.Cny), [], Affirmation: new SalesAffirmation("赵总", "财务总监")));
        var royalty = (await Deal(agreement)).Obligations.Single(o => o.Kind == ObligationKind.Royalty);
        if (!royalty.WasInvoiced)
        {
            await Market.Accept(lab, new InvoiceObligation(Guid.NewGuid(), agreement, royalty.Number));
        }

        await broker.Go("/home");
        await broker.Reads("11,270.00 元"); // of all that is open

        // The company pays; the laboratory has the share paid to the broker's account.
        await Market.Accept(company, new PayObligations(Guid.NewGuid(), agreement, [royalty.Number], "sandbox", "sandbox:ok"));
        await Market.WorkOff(agreement);
        Assert.Equal(1_470_00, (await Deal(agreement)).Receipts.Sum(r => r.BrokerMinor));
        await Stage.Tell();
        await broker.Go("/notices");
        await broker.Reads($"技术经理人分成 {Share}");
        await broker.Go("/home");
        await broker.ReadsFigure("待付给我们的分成", Share);
        await PayOut(lab, company, agreement);
        await broker.Go("/home");
        await broker.ReadsFigure("付款中的分成", Share);
        await Transfer(agreement);
        await broker.Go("/home");
        await broker.ReadsFigure("待付给我们的分成", "0.00 元");
        await broker.ReadsFigure("已付给我们的分成", Share);
        await broker.LooksWellInEveryGuise("broker-paid");

        // Its statement of the month says so.
        await Stage.Tell();
        await broker.Go($"/agreements/{agreement}");
        await broker.Reads("向技术经理人付款");
        await broker.LooksWell();
        var month = Market.Today;
        await Stage.Pass(DateTime.DaysInMonth(month.Year, month.Month) - month.Day + 2);
        await broker.Follow("对账单");
        await broker.IsHeaded("月度对账单");
        await broker.Reads("技术经理人对账单");
        await broker.Reads(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        await broker.Reads(Share);
        await broker.LooksWell();
    }

    /// <summary>The laboratory finds what it owes the broker, and pays it on the broker's account and on no other.</summary>
    private async Task PayOut(Principal lab, Principal company, AgreementId agreement)
    {
        var own = PayoutAccountId.Wrap((await Market.Accept(lab, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("海河储能实验室", "62170002", "示例银行")))).Id);
        await Market.Accept(Market.Administrator, new VerifyPayoutAccount(Guid.NewGuid(), own));
        await using var payer = await Stage.Known(lab);
        await payer.Go("/home");
        await payer.FollowOne("向技术经理人付款");
        await payer.LooksWellInEveryGuise("broker-to-pay");
        await payer.Choose("收款人", $"技术经理人 {Name}");
        await payer.Choose("方式", "银行转账至 海河储能实验室 •••• 0002");
        await payer.Tick("我已核对收款人与账户；付出后不能撤回。");
        await payer.Press("付出");
        await payer.Reads("该账户不属于所选收款人。");
        await payer.Choose("方式", $"银行转账至技术经理人 {Name} •••• 0009");
        await payer.Tick("我已核对收款人与账户；付出后不能撤回。");
        await payer.Press("付出");
        await payer.Reads("付款指令已下达");
        await using var other = await Stage.Known(company);
        await other.Go($"/agreements/{agreement}");
        Assert.DoesNotContain("向技术经理人付款", await other.Text(), StringComparison.Ordinal);
    }

    /// <summary>Two approve it, and the bank's statement says that it was made.</summary>
    private async Task Transfer(AgreementId agreement)
    {
        var from = BankAccountId.Wrap((await Market.Accept(Market.Administrator, new RegisterBankAccount(Guid.NewGuid(), new BankAccount("示例平台有限公司", BankFile.Account, "示例银行天津分行"), Currency.Cny))).Id);
        await Market.WorkOff(agreement);
        var order = (await Market.Ask(Market.Administrator, new ListBankPayments())).Value.Items.Single();
        var payment = PaymentIntentId.Wrap(order.Intent);
        await Market.Accept(Market.Administrator, new ApproveBankPayment(Guid.NewGuid(), payment));
        await Market.Accept(Second, new ApproveBankPayment(Guid.NewGuid(), payment));
        await Market.Accept(Second, new CreatePaymentBatch(Guid.NewGuid(), from, Market.Today));
        await Market.Import(BankFile.Of(Market.Today, order.AmountMinor, (-order.AmountMinor, Name, BankPaymentOrder.EndToEndIdOf(payment))));
        await Stage.Pass(1); // what is under way is looked at again
    }
}
