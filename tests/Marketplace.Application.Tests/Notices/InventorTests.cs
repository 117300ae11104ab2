using Marketplace.Application.Door;
using Marketplace.Application.Invariants;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Teams;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Notices;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Disclosures;
using Marketplace.Application.Inventors;
using Marketplace.Application.LabResults;

public sealed class InventorsOnSqlite() : InventorTests(OnSqlite);

public sealed class InventorsOnPostgres() : InventorTests(OnPostgres);

/// <summary>Who made a result sees their own share of what it earns, and nothing of others'.</summary>
public abstract class InventorTests(Func<Task<Database>> create) : NoticeTest(create)
{
    private const string First = "示例甲";
    private const string Second = "示例乙";

    [Fact]
    public async Task An_inventor_sees_their_own_share_to_the_cent_and_is_told_when_it_grows()
    {
        await Deal.Open();
        var (first, second, stranger) = (await Join(Deal.Lab, First, MemberRole.Inventor), await Join(Deal.Lab, Second, MemberRole.Inventor), await Join(Deal.Lab, "示例丙", MemberRole.Inventor));
        var agreement = await Distributed();
        await Follow();

        var (ofFirst, ofSecond) = (await Share(first, agreement), await Share(second, agreement));
        Assert.Equal((First, 750_000L, 500_000L), (ofFirst.Account.Name, ofFirst.SharePpm, ofFirst.PoolPpm));
        Assert.Equal(48_500_00, ofFirst.Account.Distributed.AmountMinor + ofSecond.Account.Distributed.AmountMinor); // half of 97 000.00
        Assert.Equal(36_375_00, ofFirst.Account.Distributed.AmountMinor);
        Assert.Equal(-(await Balance(agreement, 1)), ofFirst.Account.Payable.AmountMinor);
        var listed = Assert.Single((await Engine.Door.Ask(first, new ListOwnShares())).Value.Shares.Items);
        Assert.Equal((agreement, 36_375_00L, false), (listed.Agreement, listed.Payable.AmountMinor, listed.IsHeld));
        Assert.Empty((await Engine.Door.Ask(stranger, new ListOwnShares())).Value.Shares.Items);

        foreach (var told in new[] { first, second })
        {
            var notice = Assert.Single(await List(told));
            Assert.Equal(("share/income-divided", agreement, Deal.Lab.Organisation!.Value.Value), (notice.Type, notice.Agreement!.Value, notice.Team));
            Assert.DoesNotContain("Minor", notice.Body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("示例", notice.Body, StringComparison.Ordinal);
        }

        Assert.Empty(await List(stranger));
    }

    [Fact]
    public async Task An_objection_holds_their_payout_and_its_answer_is_told_to_them_alone()
    {
        await Deal.Open();
        var (first, second) = (await Join(Deal.Lab, First, MemberRole.Inventor), await Join(Deal.Lab, Second, MemberRole.Inventor));
        var finance = await Join(Deal.Lab, MemberRole.Finance);
        var agreement = await Distributed();
        await Engine.Accept(first, new ObjectToOwnShare(Guid.NewGuid(), agreement, "贡献度被低估。", Receipt: 1));
        Assert.Equal("distribution-objected", await Engine.Refuse(Deal.Lab, new PayInventor(Guid.NewGuid(), agreement, 1, "paper", "cheque")));
        Assert.True(Assert.Single((await Engine.Door.Ask(first, new ListOwnShares())).Value.Shares.Items).IsHeld);
        Assert.Null(Assert.Single((await Share(first, agreement)).Objections).Answer);
        Assert.Empty((await Share(second, agreement)).Objections);

        await Engine.Accept(Deal.Lab, new AnswerDistributionObjection(Guid.NewGuid(), agreement, 1, IsUpheld: false, "以实验记录为准。"));
        await Follow();

        Assert.Equal("以实验记录为准。", Assert.Single((await Share(first, agreement)).Objections).Answer!.Reason);
        Assert.Equal(["share/income-divided", "share/objection-answered"], (await TypesOf(first)).Order());
        Assert.Equal(["share/income-divided"], await TypesOf(second));
        Assert.Contains("agreement/distribution-objected", await TypesOf(finance));
    }

    [Fact]
    public async Task Nothing_else_of_the_lab_is_theirs_to_see_or_do()
    {
        await Deal.Open();
        var (first, stranger, finance) = (await Join(Deal.Lab, First, MemberRole.Inventor), await Join(Deal.Lab, "示例丙", MemberRole.Inventor), await Join(Deal.Lab, MemberRole.Finance));
        var agreement = await Distributed();
        Assert.Equal("duty-missing", (await Engine.Door.Ask(first, new GetAgreement(agreement))).Refusal?.Code);
        var draft = LabResultId.Wrap((await Engine.Accept(Deal.Lab, new DraftResult(Guid.NewGuid(), AgreementTestDeal.Content))).Id);
        Assert.False((await Engine.Door.Ask(finance, new GetResult(draft))).IsRefused);
        Assert.Equal("not-found", (await Engine.Door.Ask(first, new GetResult(draft))).Refusal?.Code); // what anybody may ask for shows them what anybody sees
        Assert.Equal("not-found", (await Engine.Door.Ask(first, new ListResultFiles(draft))).Refusal?.Code);
        Assert.Equal("duty-missing", (await Engine.Door.Ask(first, new GetInventorStatement(agreement))).Refusal?.Code);
        Assert.Equal("duty-missing", (await Engine.Door.Ask(first, new ListAgreements())).Refusal?.Code);
        Assert.Equal("duty-missing", await Engine.Refuse(first, new DistributeIncome(Guid.NewGuid(), agreement)));
        Assert.Equal("duty-missing", (await Engine.Door.Ask(finance, new ListOwnShares())).Refusal?.Code);
        Assert.Equal("not-found", (await Engine.Door.Ask(stranger, new GetOwnShare(agreement))).Refusal?.Code);
        Assert.Equal("not-found", await Engine.Refuse(stranger, new ObjectToOwnShare(Guid.NewGuid(), agreement, "不符")));
        Assert.Equal("not-found", (await Engine.Door.Ask(first, new GetOwnShare(DerivedId.From<AgreementId>("no such")))).Refusal?.Code);
        Assert.Equal("not-found", (await Engine.Door.Ask(Deal.Lab, new ListOwnShares())).Refusal?.Code); // may do everything, and is no inventor

        await Engine.Accept(Deal.Lab, new Application.Teams.RemoveMember(Guid.NewGuid(), PersonId.Wrap(first.Person)));
        Assert.Equal("not-found", (await Engine.Door.Ask(first, new GetOwnShare(agreement))).Refusal?.Code); // even as who they were
        Assert.Empty(await Engine.Services.GetRequiredService<MarketplaceCheck>().Run(Storage.Audit, Time.GetUtcNow()).ToListAsync());
    }

    [Fact]
    public async Task Whoever_is_paid_is_told_how_much_and_nobody_else_is()
    {
        await Deal.Open();
        var (first, second) = (await Join(Deal.Lab, First, MemberRole.Inventor), await Join(Deal.Lab, Second, MemberRole.Inventor));
        var agreement = await Distributed();
        await Engine.Accept(Deal.Lab, new PayInventor(Guid.NewGuid(), agreement, 1, "paper", "cheque"));
        var order = (await Engine.Door.Ask(Deal.Lab, new GetAgreement(agreement))).Value.Details.Intents.Single();
        var moved = new RecordPaymentOutcome(order.Id, IntentStatus.Succeeded, "slip 1", order.Amount.AmountMinor, null, null);
        Assert.IsType<Accepted>(await Engine.Grains.GetGrain<IAgreementGrain>(agreement.Value).Execute(CommandEnvelope.BySystem(Guid.NewGuid(), (AgreementCommand)moved)));
        await Follow();

        Assert.Equal(["share/income-divided", "share/paid-out"], (await TypesOf(first)).Order());
        Assert.Contains("3637500", (await List(first)).Single(n => n.Type == "share/paid-out").Body, StringComparison.Ordinal);
        Assert.Equal(["share/income-divided"], await TypesOf(second));
    }

    private async Task<AgreementId> Distributed()
    {
        var agreement = await Deal.Convert();
        Deal.Sleep(365);
        await Engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", new Money(100_000_00, Currency.Cny), Deal.Today));
        await Engine.Accept(Deal.Lab, new DistributeIncome(Guid.NewGuid(), agreement));
        return agreement;
    }

    private async Task<OwnShareView> Share(Principal inventor, AgreementId agreement) => (await Engine.Door.Ask(inventor, new GetOwnShare(agreement))).Value;

    private async Task<long> Balance(AgreementId agreement, int place) =>
        (await Engine.Door.Ask(Deal.Lab, new GetAgreement(agreement))).Value.Details.BalanceMinor(ChartOfAccounts.InventorPayable(place), Currency.Cny);
}
