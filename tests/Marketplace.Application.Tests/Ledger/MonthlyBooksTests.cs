using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Application.Reads;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Application.Tests.Policy;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Ledger;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Ledger;

public sealed class Monthly_books_on_sqlite() : MonthlyBooksTests(OnSqlite);

public sealed class Monthly_books_on_postgres() : MonthlyBooksTests(OnPostgres);

/// <summary>Statements and closed months say what the journal says, and to whom they may.</summary>
public abstract class MonthlyBooksTests(Func<Task<Database>> create) : PolicyTest(create)
{
    private static readonly Principal Administrator = AgreementTestDeal.Administrator;
    private static readonly LedgerMonth January = LedgerMonth.Parse("2027-01").Value;
    private static readonly LedgerMonth February = January.Next;

    [Fact]
    public async Task Each_party_reads_its_own_account_and_nobody_elses()
    {
        var agreement = await Paid();
        await Engine.Accept(Deal.Lab, new DistributeIncome(Guid.NewGuid(), agreement));

        var company = await Statement(Deal.Company, January);
        Assert.Equal((StatementParty.Company, MonthState.Running, "示例成果"), (company.Statement.Party, company.State, company.Subjects[agreement].Title.Zh));
        var total = Assert.Single(company.Statement.Totals);
        Assert.Equal((0L, 200_000_00L, 200_000_00L, 0L), (total.OpeningMinor, total.DebitMinor, total.CreditMinor, total.ClosingMinor)); // owed and paid, arrived and allocated
        Assert.Equal(total, Assert.Single((await Statement(Administrator, January, Deal.Company.Organisation)).Statement.Totals));

        // 3 % fee, half of the rest to the inventors 3 : 1.
        var lab = Assert.Single((await Statement(Deal.Lab, January)).Statement.Agreements);
        Assert.Equal((new LabIncome(100_000_00, 3_000_00, 0, 48_500_00, 0), -48_500_00L), (lab.Income, lab.ClosingMinor));
        var inventor = (await Engine.Door.Ask(Deal.Lab, new GetPartyStatement(January, Agreement: agreement, Inventor: 2))).Value;
        Assert.Equal(("示例乙", -12_125_00L, Deal.Lab.Organisation), (inventor.InventorName, Assert.Single(inventor.Statement.Agreements).ClosingMinor, inventor.Organisation));

        Assert.Empty((await Statement(Deal.OtherCompany, January)).Statement.Agreements);
        Assert.Equal("not-found", await Refused(Deal.OtherCompany, new(January, Deal.Company.Organisation)));
        Assert.Equal("not-found", await Refused(Deal.Lab, new(January, Deal.Company.Organisation)));
        Assert.Equal("not-found", await Refused(Deal.Company, new(January, Agreement: agreement, Inventor: 1)));
        Assert.Equal("not-found", await Refused(Deal.OtherLab, new(January, Agreement: agreement, Inventor: 1)));
        Assert.Equal("not-found", await Refused(Deal.Lab, new(January, Agreement: agreement, Inventor: 3)));
        Assert.Equal("inventor-incomplete", await Refused(Deal.Lab, new(January, Agreement: agreement)));
        Assert.Equal("organisation-missing", await Refused(Administrator, new(January)));
        Assert.Equal("month-not-begun", await Refused(Deal.Company, new(February)));
        Assert.Equal("role-not-allowed", await Refused(Principal.Whole(ActorRole.Guarantor, Deal.Company.Organisation, "gao"), new(January)));
        Assert.Equal("sign-in-required", await Refused(Principal.Visitor, new(January)));
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Company, new GetTrialBalance(January))).Refusal?.Code);
    }

    [Fact]
    public async Task Months_are_closed_in_their_order_and_kept_as_they_stood()
    {
        var agreement = await Paid();
        Assert.Equal("month-not-over", await Engine.Refuse(Administrator, new CloseMonth(Guid.NewGuid(), January)));
        Time.SetUtcNow(February.EndUtc.AddDays(1));
        Assert.Equal("earlier-month-open", await Engine.Refuse(Administrator, new CloseMonth(Guid.NewGuid(), February)));
        Assert.Equal("role-not-allowed", await Engine.Refuse(Deal.Lab, new CloseMonth(Guid.NewGuid(), January)));

        var before = await TrialBalance(January);
        Assert.Equal(MonthState.Open, before.State);
        Assert.Null(before.Closed);
        Assert.Empty(before.Balance.Unbalanced());
        Assert.Equal(new PlatformResult(Yuan(3_000_00), Yuan(0)), Assert.Single(before.Results));

        var close = new CloseMonth(Guid.NewGuid(), January);
        var first = await Engine.Accept(Administrator, close);
        Assert.Equal(first, await Engine.Accept(Administrator, close)); // sent again, it has the first answer
        Assert.Equal("month-already-closed", await Engine.Refuse(Administrator, new CloseMonth(Guid.NewGuid(), January)));

        // A month without a posting needs no close of its own before the next.
        var after = await TrialBalance(January);
        Assert.Equal((MonthState.Closed, "zhang", before.Sha256), (after.State, after.Closed!.By, after.Sha256));
        Assert.Equal(before.Balance.Lines, after.Balance.Lines);
        var months = (await Engine.Door.Ask(Deal.Lab, new ListLedgerMonths())).Value;
        Assert.Equal((February.Next, MonthState.Running), (months[0].Month, months[0].State));
        Assert.Equal([February], months.Where(m => m.MayBeClosed).Select(m => m.Month));
        Assert.All(months.Skip(2), m => Assert.Equal(MonthState.Closed, m.State));

        // What arrives now for January is an entry of March, and says so.
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 2", Yuan(1_00), January.Last));
        var line = Assert.Single(Assert.Single((await Statement(Deal.Company, February.Next)).Statement.Agreements).Lines);
        Assert.Equal((January.Last, January, -1_00L), (line.ValueOn, line.Corrects, line.BalanceMinor));
        Assert.Equal(MonthState.Closed, (await Statement(Deal.Company, January)).State);
        Assert.Equal(after.Balance.Lines, (await TrialBalance(January)).Balance.Lines);

        Assert.Empty(await Engine.Services.GetRequiredService<MarketplaceCheck>().Run(Storage.Audit, Time.GetUtcNow()).ToListAsync());
    }

    [Fact]
    public async Task A_trial_balance_that_begins_with_a_close_is_that_of_the_whole_journal()
    {
        var agreement = await Paid();
        Time.SetUtcNow(February.EndUtc.AddDays(1));
        await Engine.Accept(Administrator, new CloseMonth(Guid.NewGuid(), January));
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 2", Yuan(1_00), Deal.Today));
        await Engine.Accept(Administrator, new RefundUnapplied(Guid.NewGuid(), agreement, 2, Yuan(1_00), "paper", "cheque"));

        var march = (await TrialBalance(February.Next)).Balance;
        var all = await Engine.Services.GetRequiredService<IJournal>().Turnover(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        Assert.Equal(
            all.Select(t => (t.Account, t.DebitMinor - t.CreditMinor)).Where(t => t.Item2 != 0).Order(),
            march.Lines.Select(l => (l.Account, l.ClosingMinor)).Where(l => l.ClosingMinor != 0).Order());
        Assert.Equal(2, march.Entries);
        Assert.Contains(march.Lines, l => l is { Account: ChartOfAccounts.InTransit, OpeningMinor: 0, ClosingMinor: -1_00 });
    }

    /// <summary>Due, invoiced and paid on 21 January 2027.</summary>
    private async Task<AgreementId> Paid()
    {
        await Deal.Open();
        var agreement = await Deal.Convert();
        Deal.Sleep(365);
        await Engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", Yuan(100_000_00), Deal.Today));
        return agreement;
    }

    private async Task<PartyStatementView> Statement(Principal principal, LedgerMonth month, OrganisationId? organisation = null) =>
        (await Engine.Door.Ask(principal, new GetPartyStatement(month, organisation))).Value;

    private async Task<string?> Refused(Principal principal, GetPartyStatement query) => (await Engine.Door.Ask(principal, query)).Refusal?.Code;

    private async Task<TrialBalanceView> TrialBalance(LedgerMonth month) => (await Engine.Door.Ask(Administrator, new GetTrialBalance(month))).Value;
}
