using CsCheck;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Bank;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.Banking;

/// <summary>Lines find their agreements, or a person does. Derived once per database.</summary>
public abstract class MatchingTests(bool onPostgres) : BankTest(onPostgres)
{
    private static readonly Uscc Code = Uscc.Parse("91350100M000100Y43", "uscc").Value;
    private static readonly Actor Payer = new(ActorRole.Company, OrganisationId.ForUscc(Code), "chen");

    /// <summary>Whatever arrives with a reference is posted as it arrived; what it pays is derived, and the rest is nobody's yet.</summary>
    [Fact]
    public async Task F11_Partial_over_and_wrong_currency_payments_post_what_arrived()
    {
        foreach (var currency in new[] { "USD", "JPY", "KWD" })
        {
            await Books.Open(currency);
        }

        var round = 0;
        var payments = Gen.Select(Gen.OneOf("CNY", "USD", "JPY", "KWD"), Gen.Long[1, 150_000]).Array[1, 6];
        await payments.SampleAsync(async arrived =>
        {
            round++;
            var agreement = await Engine.Converted($"arrives {round}");
            await Engine.FallDue(agreement);
            foreach (var of in arrived.GroupBy(p => p.Item1))
            {
                await Books.Import(BankBooks.File(of.Select((p, i) => new Booking(p.Item2, $"{round}-{i} {RemittanceReference.Of(agreement, 1).Grouped.ToLowerInvariant()}")), of.Key));
            }

            var state = await Engine.StateOf(agreement);
            var expected = arrived.GroupBy(p => p.Item1).Select(of => (of.Key, of.Sum(p => p.Item2))).Order();
            Assert.Equal(expected, state.Receipts.GroupBy(r => r.Amount.Currency.Code).Select(of => (of.Key, of.Sum(r => r.Amount.AmountMinor))).Order());
            var inYuan = arrived.Where(p => p.Item1 == "CNY").Sum(p => p.Item2);
            Assert.Equal(Math.Max(0, 100_000 - inYuan), state.Obligations.Sum(o => o.OutstandingMinor));
            Assert.Equal(Math.Max(0, inYuan - 100_000), state.Receipts.Where(r => r.Amount.Currency == Currency.Cny).Sum(r => r.UnappliedMinor));
        }, iter: 8, threads: 1);

        foreach (var currency in new[] { "CNY", "USD", "JPY", "KWD" })
        {
            Assert.Equal(0, await Books.Unmatched(currency));
        }

        Assert.All(await Books.Lines(), l => Assert.Equal(BankLineStatus.Posted, l.Status));
    }

    [Fact]
    public async Task What_nobody_can_be_sure_of_waits_for_a_person()
    {
        var (one, other) = (await Engine.Converted("one"), await Engine.Converted("other"));
        var stranger = DerivedId.From<AgreementId>("not here");
        await Books.Import(BankBooks.File(
        [
            new(1_00, $"both {RemittanceReference.Of(one, 1)} {RemittanceReference.Of(other, 1)}"),
            new(2_00, $"nobody {RemittanceReference.Of(stranger, 1)}"),
            new(3_00, "nothing"),
            new(-4_00, "fee"),
            new(-5_00, "taken back", "某公司", IsReversal: true),
        ]));
        Assert.Equal(BankLineStatus.Proposed, (await Books.Line("both")).Status);
        Assert.Equal(ParkReason.ReferenceUnknown, (await Books.Line("nobody")).Parked);
        Assert.Equal(ParkReason.NothingFits, (await Books.Line("nothing")).Parked);
        Assert.Equal(ParkReason.DebitUnknown, (await Books.Line("fee")).Parked);
        Assert.Equal(ParkReason.ReversalOfNothing, (await Books.Line("taken back")).Parked);
        Assert.Empty((await Engine.StateOf(one)).Receipts);

        var both = BankLineId.Wrap((await Books.Line("both")).Line);
        await Books.Accept(BankBooks.Zhang, new PostBankLine(Guid.NewGuid(), both, other));
        Assert.Equal("bank-line-decided", await Books.Refuse(BankBooks.Li, new PostBankLine(Guid.NewGuid(), both, one)));
        Assert.Equal("agreement-unknown", await Books.Refuse(BankBooks.Li, new PostBankLine(Guid.NewGuid(), BankLineId.Wrap((await Books.Line("nobody")).Line), stranger)));
        Assert.Equal("bank-line-direction", await Books.Refuse(BankBooks.Li, new PostBankLine(Guid.NewGuid(), BankLineId.Wrap((await Books.Line("fee")).Line), one)));
        Assert.Equal((BankLineStatus.Posted, other.Value, 1, true), await Shown("both"));
        Assert.Equal(1_00, (await Engine.StateOf(other)).Receipts.Single().Amount.AmountMinor);
    }

    /// <summary>First by sum, name and day; once a person has said so, by the account too, whatever the sum.</summary>
    [Fact]
    public async Task A_payer_that_a_person_has_confirmed_is_known_by_its_account()
    {
        var registered = await Books.Accept(BankBooks.Zhang, new Application.Organisations.RegisterOrganisation(Guid.NewGuid(), OrganisationKind.Company, new BilingualText("津 示例（天津）有限公司", "Example Co., Ltd."), Code.Value));
        Assert.Equal(Payer.Organisation!.Value.Value, registered.Id);
        var agreement = await Engine.Converted("payer", company: Payer);
        await Engine.Converted("of the same sum");
        Engine.Pass(TimeSpan.FromDays(365));

        await Books.Import(BankBooks.File([new(100_000, "licence fee", "津示例(天津)有限责任公司", "6217 7000", Day: "2026-03-02")]));
        var proposal = (await Engine.Door.Ask(BankBooks.Zhang, new GetBankLine(BankLineId.Wrap((await Books.Line("licence")).Line)))).Value.Proposals[0];
        Assert.Equal((agreement, 1), (proposal.Agreement, proposal.Obligation));
        Assert.Equal([MatchReason.SameAmount, MatchReason.SameName, MatchReason.NearDueDate], proposal.Reasons);

        await Books.Accept(BankBooks.Zhang, new PostBankLine(Guid.NewGuid(), BankLineId.Wrap((await Books.Line("licence")).Line), agreement));
        var second = await Engine.Converted("payer again", Deals.Terms(Deals.LumpSum(77_700)), Payer);
        Engine.Pass(TimeSpan.FromDays(365));
        await Books.Import(BankBooks.File([new(50_000, "advance", "陌生人", "62177000", Day: "2027-03-01")]));
        Assert.Equal((BankLineStatus.Proposed, second.Value), ((await Books.Line("advance")).Status, (await Books.Line("advance")).Agreement));
    }

    [Fact]
    public async Task Money_that_the_bank_takes_back_is_owed_again()
    {
        var agreement = await Engine.Converted("taken back");
        await Engine.FallDue(agreement);
        var reference = RemittanceReference.Of(agreement, 1);
        await Books.Import(BankBooks.File([new(40_000, $"first {reference}", "某公司", Servicer: "S1"), new(60_000, $"second {reference}", "某公司", EndToEnd: "E2")]));
        Assert.Equal(0, (await Engine.StateOf(agreement)).Obligations[0].OutstandingMinor);

        await Books.Import(BankBooks.File([new(-40_000, "storno", "某公司", Servicer: "S1", IsReversal: true), new(-60_000, "returned", EndToEnd: "E2")]));
        var state = await Engine.StateOf(agreement);
        Assert.Equal(100_000, state.Obligations[0].OutstandingMinor);
        Assert.Equal(2, state.Reversals.Count);
        Assert.Equal((0, 0), (await Books.OnAccount(), await Books.Unmatched()));

        // What has been taken back is not taken back again.
        await Books.Import(BankBooks.File([new(-40_000, "again", "某公司", Servicer: "S1", IsReversal: true, Day: "2025-03-02")]));
        Assert.Equal(ParkReason.ReversalOfNothing, (await Books.Line("again")).Parked);
    }

    [Fact]
    public async Task Two_receipts_that_a_reversal_fits_are_told_apart_by_a_person()
    {
        var agreement = await Engine.Converted("twins");
        var reference = RemittanceReference.Of(agreement, 1);
        await Books.Import(BankBooks.File([new(10_000, $"one {reference}", "某公司"), new(10_000, $"two {reference}", "某公司"), new(-10_000, "storno", "某公司", IsReversal: true)]));
        var (storno, two) = (await Books.Line("storno"), await Books.Line("two"));
        Assert.Equal(ParkReason.ReversalAmbiguous, storno.Parked);
        await Books.Accept(BankBooks.Zhang, new PostBankLine(Guid.NewGuid(), BankLineId.Wrap(storno.Line), Of: BankLineId.Wrap(two.Line)));
        Assert.Equal(two.Receipt, (await Engine.StateOf(agreement)).Reversals.Single().Receipt);
        Assert.Equal(0, await Books.Unmatched());
    }

    [Fact]
    public async Task What_is_put_aside_leaves_the_books_as_they_should_be_and_can_be_taken_up_again()
    {
        await Books.Import(BankBooks.File([new(10_00, "interest"), new(-3_00, "fee"), new(7_00, "the same in another format")]));
        async Task<BankLineId> Id(string remark) => BankLineId.Wrap((await Books.Line(remark)).Line);
        await Books.Accept(BankBooks.Zhang, new MarkBankLineOther(Guid.NewGuid(), await Id("interest"), "结息"));
        await Books.Accept(BankBooks.Zhang, new MarkBankLineOther(Guid.NewGuid(), await Id("fee"), "手续费"));
        await Books.Accept(BankBooks.Zhang, new IgnoreBankLine(Guid.NewGuid(), await Id("the same"), "重复"));
        Assert.Equal((7_00, 0, -7_00), (await Books.OnAccount(), await Books.Unmatched(), await Books.BalanceMinor(ChartOfAccounts.BankOther)));

        await Books.Accept(BankBooks.Li, new ReopenBankLine(Guid.NewGuid(), await Id("interest"), "误操作"));
        await Books.Accept(BankBooks.Li, new ReopenBankLine(Guid.NewGuid(), await Id("the same"), "误操作"));
        Assert.Equal((14_00, -17_00, 3_00), (await Books.OnAccount(), await Books.Unmatched(), await Books.BalanceMinor(ChartOfAccounts.BankOther)));
        Assert.Equal("bank-line-not-put-aside", await Books.Refuse(BankBooks.Li, new ReopenBankLine(Guid.NewGuid(), await Id("interest"), "误操作")));
        Assert.Equal("text-missing", await Books.Refuse(BankBooks.Li, new IgnoreBankLine(Guid.NewGuid(), await Id("interest"), " ")));
    }

    [Fact]
    public async Task Lists_are_in_pages_and_by_status()
    {
        await Books.Import(BankBooks.File(Enumerable.Range(1, 7).Select(i => new Booking(i, $"n{i}", Day: $"2025-02-0{1 + (i % 3)}"))));
        var seen = new List<BankLineRow>();
        for (string? after = null; ;)
        {
            var page = (await Engine.Door.Ask(BankBooks.Zhang, new ListBankLines(BankLineStatus.Parked, BankBooks.OwnId(), After: after, Limit: 3))).Value;
            seen.AddRange(page.Items);
            if ((after = page.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(7, seen.Select(l => l.Line).Distinct().Count());
        Assert.Equal(seen.Select(l => l.BookedOn).Order(), seen.Select(l => l.BookedOn));
        var statements = (await Engine.Door.Ask(BankBooks.Zhang, new ListBankStatements(StatementStatus.Imported))).Value.Items;
        Assert.Equal((7, 7, 7), (statements.Single().Entries, statements.Single().Done, statements.Single().New));
        Assert.Equal("62220001", (await Engine.Door.Ask(BankBooks.Zhang, new ListBankAccounts())).Value.Items.Single().Number);
    }

    private async Task<(BankLineStatus, string?, int?, bool)> Shown(string remark)
    {
        var line = await Books.Line(remark);
        return (line.Status, line.Agreement, line.Receipt, line.ByPerson);
    }
}

public sealed class SqliteMatchingTests() : MatchingTests(onPostgres: false);

public sealed class PostgresMatchingTests() : MatchingTests(onPostgres: true);
