using Marketplace.Application.Desks;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Application.Tests.Policy;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Storage.Tests;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Desks;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

public sealed class DesksOnSqlite() : DeskTests(OnSqlite);

public sealed class DesksOnPostgres() : DeskTests(OnPostgres);

/// <summary>First screens count one's own and nobody else's, and what they count adds up.</summary>
public abstract class DeskTests(Func<Task<Database>> create) : PolicyTest(create)
{
    [Fact]
    public async Task Each_party_finds_what_waits_for_it_and_nobody_finds_anything_of_others()
    {
        await Deal.Open();
        var fresh = await Deal.Apply();
        var late = await Late();

        var lab = await Desk(Deal.Lab);
        Assert.Equal((2, 2, true), (lab.Stages.Values.Sum(), lab.LookedAt, lab.IsAll));
        Assert.Contains(lab.Tasks, t => t.About.Agreement == fresh && t.Task.Kind == OpenTaskKind.AnswerApplication);
        Assert.Contains(lab.Tasks, t => t.About.Agreement == late && t.Task.Kind == OpenTaskKind.Distribute && t.Task.Amount == Yuan(38_800_00));
        Assert.Equal(new AgreementFunnel(2, 1, 1, 1), lab.Funnel);
        Assert.Equal(2, lab.Newest.Count);

        var company = await Desk(Deal.Company);
        Assert.Equal([fresh], company.Newest.Select(a => a.Agreement));
        Assert.Empty(company.Tasks);
        Assert.Empty(company.Money);

        var payer = await Desk(Deal.OtherCompany);
        Assert.Equal([late], payer.Newest.Select(a => a.Agreement));
        var pay = Assert.Single(payer.Tasks);
        Assert.Equal((OpenTaskKind.Pay, 1), (pay.Task.Kind, pay.Task.Number));

        var otherLab = await Desk(Deal.OtherLab);
        Assert.Equal((0, 0, 0, 0), (otherLab.Stages.Count, otherLab.Tasks.Count, otherLab.Money.Count, otherLab.Funnel.Applied));

        // A guarantor with the id of a party is no party.
        var guarantor = await Desk(Principal.Whole(ActorRole.Guarantor, Deal.Lab.Organisation, "gao"));
        Assert.Equal((0, 0), (guarantor.Stages.Count, guarantor.Tasks.Count));

        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Administrator, new GetDesk())).Refusal?.Code);
        Assert.Equal("sign-in-required", (await Engine.Door.Ask(Principal.Visitor, new GetDesk())).Refusal?.Code);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Lab, new GetAdministratorDesk())).Refusal?.Code);
    }

    [Fact]
    public async Task What_a_month_expects_is_what_falls_due_in_it_and_what_is_overdue_has_its_age()
    {
        await Deal.Open();
        await Late(); // due a year after it began, 40 000.00 of 100 000.00 paid, 20 days late by now

        var money = Assert.Single((await Desk(Deal.Lab)).Money);
        var month = money.Months.Single(m => m.Expected.IsPositive);
        Assert.Equal(Yuan(40_000_00), month.Received);
        Assert.Equal(money.Open, month.Expected - month.Received);
        Assert.Equal(12, money.Months.Count);
        Assert.Equal(new DateOnly(Deal.Today.Year, Deal.Today.Month, 1), money.Months[5].Month);
        var bucket = money.Overdue.Single(b => b.Obligations > 0);
        Assert.Equal((15, 29, money.Open), (bucket.FromDays, bucket.ToDays, bucket.Open));
        Assert.Equal(Yuan(0), money.Later);

        // The list behind a bucket adds up to it.
        var (from, to) = bucket.DueDates(Deal.Today);
        var listed = (await Engine.Door.Ask(Deal.Lab, new ListObligations(ObligationStatus.Overdue, DueFrom: from, DueBefore: to.AddDays(1), Currency: Currency.Cny))).Value.Items;
        Assert.Equal(bucket.Open.AmountMinor, listed.Sum(o => o.Owed.OutstandingMinor));
        Assert.Empty((await Engine.Door.Ask(Deal.Lab, new ListObligations(Currency: Currency.Parse("JPY").Value))).Value.Items);
        Assert.Empty((await Engine.Door.Ask(Deal.Lab, new ListObligations(IsOpen: false))).Value.Items);
        Assert.Empty((await Engine.Door.Ask(Deal.Lab, new ListObligations(WasInvoiced: false))).Value.Items);
        Assert.Empty((await Engine.Door.Ask(Deal.OtherLab, new ListObligations(Company: Deal.OtherCompany.Organisation))).Value.Items);
    }

    [Fact]
    public async Task Every_figure_is_the_sum_of_its_parts_and_every_part_of_its_postings()
    {
        await Deal.Open();
        var late = await Late();
        await Engine.Accept(Deal.Lab, new DistributeIncome(Guid.NewGuid(), late));

        var overview = (await Engine.Door.Ask(Administrator, new GetSettlementOverview())).Value.Currencies.Single();
        (SettlementFigure Figure, Money Amount)[] figures =
        [
            (SettlementFigure.Receivable, overview.Receivable), (SettlementFigure.Received, overview.Received), (SettlementFigure.PaidOut, overview.PaidOut),
            (SettlementFigure.Payable, overview.Payable), (SettlementFigure.Refunded, overview.Refunded), (SettlementFigure.Unapplied, overview.Unapplied),
            (SettlementFigure.PlatformFee, overview.PlatformFee),
        ];
        Assert.Equal(Enum.GetValues<SettlementFigure>(), figures.Select(f => f.Figure));
        Assert.Equal((Yuan(40_000_00), Yuan(1_200_00)), (overview.Received, overview.PlatformFee));
        foreach (var (figure, amount) in figures)
        {
            var view = (await Engine.Door.Ask(Administrator, new GetSettlementFigure(figure, Currency.Cny))).Value;
            Assert.Equal((amount, amount), (view.Total, view.Parts.Aggregate(Yuan(0), (sum, part) => sum + part.Amount)));
            foreach (var account in view.Parts.Select(p => p.Account).OfType<string>())
            {
                await AssertPostingsAddUp(account);
            }
        }

        // 19 400.00 to two inventors, 3 : 1, summed up over their details.
        Assert.Equal(-19_400_00, (await Engine.Door.Ask(Administrator, new ListAccountBalances("inventor.payable", Currency.Cny))).Value.TotalMinor);
        Assert.Equal("account-unknown", (await Engine.Door.Ask(Administrator, new ListAccountBalances("cash:stripe", Currency.Cny))).Refusal?.Code);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Lab, new ListAccountBalances("cash", Currency.Cny))).Refusal?.Code);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Lab, new ListPostings(late, "cash", Currency.Cny))).Refusal?.Code);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Lab, new GetSettlementFigure(SettlementFigure.Received, Currency.Cny))).Refusal?.Code);
        Assert.Equal("not-found", (await Engine.Door.Ask(Administrator, new ListPostings(DerivedId.From<AgreementId>("none"), "cash", Currency.Cny))).Refusal?.Code);
    }

    [Fact]
    public async Task Postings_and_balances_are_paged_by_key()
    {
        await Deal.Open();
        var (one, other) = (await Late(), await Late());
        var first = (await Engine.Door.Ask(Administrator, new ListAccountBalances("cash", Currency.Cny, Limit: 1))).Value;
        var second = (await Engine.Door.Ask(Administrator, new ListAccountBalances("cash", Currency.Cny, After: first.Page.Next, Limit: 1))).Value;
        Assert.Equal([.. new[] { one, other }.OrderBy(a => a.Value, StringComparer.Ordinal)], first.Page.Items.Concat(second.Page.Items).Select(b => b.Agreement));
        Assert.Equal((80_000_00, 80_000_00), (first.TotalMinor, second.TotalMinor));
        Assert.Null(second.Page.Next);

        var (minor, after, pages) = (0L, (string?)null, 0);
        do
        {
            var page = (await Engine.Door.Ask(Administrator, new ListPostings(one, "receivable.principal", Currency.Cny, after, Limit: 1))).Value;
            Assert.Equal(minor, page.BeforeMinor);
            minor += page.Page.Items.SelectMany(e => e.Postings).Sum(p => p.AmountMinor);
            (after, pages) = (page.Page.Next, pages + 1);
        }
        while (after is not null);

        Assert.Equal(minor, (await Engine.Door.Ask(Administrator, new ListPostings(one, "receivable.principal", Currency.Cny))).Value.TotalMinor);
        Assert.InRange(pages, 2, 100);
        Assert.Equal("after-malformed", (await Engine.Door.Ask(Administrator, new ListPostings(one, "cash", Currency.Cny, "-1"))).Refusal?.Code);
    }

    [Fact]
    public async Task Exposure_is_what_is_open_of_each_company_the_most_first()
    {
        await Deal.Open();
        await Late();
        await Deal.Convert(Deal.Company);

        var exposures = (await Engine.Door.Ask(Administrator, new GetExposures(Currency.Cny))).Value;
        Assert.Equal([Deal.Company.Organisation!.Value, Deal.OtherCompany.Organisation!.Value], exposures.Companies.Select(c => c.Organisation));
        Assert.Equal((Yuan(100_000_00), Yuan(0), 1), (exposures.Companies[0].Open, exposures.Companies[0].Overdue, exposures.Companies[0].Agreements));
        Assert.Equal(exposures.Companies[1].Open, exposures.Companies[1].Overdue);
        Assert.Empty(exposures.Guarantors);
        Assert.Single((await Engine.Door.Ask(Administrator, new GetExposures(Currency.Cny, Most: 1))).Value.Companies);
        Assert.Empty((await Engine.Door.Ask(Administrator, new GetExposures(Currency.Parse("JPY").Value))).Value.Companies);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Company, new GetExposures(Currency.Cny))).Refusal?.Code);
    }

    [Fact]
    public async Task Work_that_nobody_does_is_behind()
    {
        await Deal.Open();
        await Deal.Convert();
        Assert.All((await Work()).Purposes, p => Assert.Equal(0, p.Behind));
        Deal.Sleep(400);
        Assert.Equal(1, (await Work()).Purposes.Single(p => p.Purpose == DueWork.Obligations).Behind);
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(Deal.Lab, new GetWorkHealth())).Refusal?.Code);

        async Task<WorkHealth> Work() => (await Engine.Door.Ask(Administrator, new GetWorkHealth())).Value;
    }

    [Fact]
    public async Task An_administrator_finds_what_waits_with_its_number()
    {
        await Deal.Open();
        await Deal.Apply();
        var late = await Late();
        await Engine.Accept(Deal.OtherCompany, new OpenDispute(Guid.NewGuid(), late, [new ContestedSum(1, 1_00)], "金额有误"));
        await Engine.Accept(Principal.Visitor, Registration() with { Uscc = "91120116EXAMPLE605" });

        var desk = (await Engine.Door.Ask(Administrator, new GetAdministratorDesk())).Value;
        Assert.Equal((1, 1, 0), (desk.ToVerify, desk.Disputes, desk.Quarantined));
        Assert.Equal(new AgreementFunnel(2, 1, 1, 1), desk.Funnel);
    }

    /// <summary>Of the other company: due on its day, 40 000.00 paid on it, and the rest not for twenty days.</summary>
    private async Task<AgreementId> Late()
    {
        var agreement = await Deal.Convert(Deal.OtherCompany);
        var dueOn = (await Engine.Door.Ask(Administrator, new ListObligations(Agreement: agreement))).Value.Items.Single().Owed.DueOn;
        Deal.Sleep(dueOn.DayNumber - Deal.Today.DayNumber);
        await Engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await Engine.Accept(Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", $"line of {agreement}", Yuan(40_000_00), Deal.Today));
        for (var i = 0; i < 2; i++)
        {
            Deal.Sleep(10);
            await Engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        }

        return agreement;
    }

    private async Task AssertPostingsAddUp(string account)
    {
        var balances = (await Engine.Door.Ask(Administrator, new ListAccountBalances(account, Currency.Cny))).Value;
        Assert.Equal(balances.TotalMinor, balances.Page.Items.Sum(b => b.BalanceMinor));
        foreach (var balance in balances.Page.Items)
        {
            var postings = (await Engine.Door.Ask(Administrator, new ListPostings(balance.Agreement, account, Currency.Cny))).Value;
            Assert.Equal((balance.BalanceMinor, balance.BalanceMinor), (postings.TotalMinor, postings.Page.Items.SelectMany(e => e.Postings).Sum(p => p.AmountMinor)));
        }
    }

    private async Task<DeskView> Desk(Principal principal) => (await Engine.Door.Ask(principal, new GetDesk())).Value;
}
