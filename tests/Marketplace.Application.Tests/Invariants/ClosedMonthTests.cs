using Marketplace.Application.Ledger;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Storage.Tests;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

public sealed class Closed_months_on_sqlite() : ClosedMonthTests(OnSqlite);

public sealed class Closed_months_on_postgres() : ClosedMonthTests(OnPostgres);

/// <summary>A month that was closed with other figures than the journal has now is named with its account.</summary>
public abstract class ClosedMonthTests(Func<Task<Database>> create) : InvariantTest(create)
{
    private static readonly LedgerMonth March = LedgerMonth.Parse("2026-03").Value;
    private static readonly string Stream = $"month-close/{March}";

    /// <summary>Invoiced and paid in March 2026, and more than that in April.</summary>
    private static AgreementStory Paid() => AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()), Deals.Inventors)
        .Until("2026-03-03").Pay(100_000).Do(Deals.Lab, new DistributeIncome()).Sleep("2026-04-02").Pay(5_000);

    [Fact]
    public async Task As_it_was_closed_it_is_sound()
    {
        await Write(Paid());
        await Close(BalanceOf(Paid()));
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task An_entry_that_found_its_way_into_a_closed_month_is_named()
    {
        var story = Paid();
        await Scribe.WriteCatalog(story.State.Terms);
        await Scribe.WriteAgreement(
        [
            .. story.Told,
            new ToldCommand(Deals.Administrator, March.EndUtc.AddTicks(-10), [new ReceiptRecorded(3, "bank", "smuggled", Deals.Yuan(70), March.Last)]),
        ]);
        await Close(BalanceOf(story));

        var found = (await Check()).Where(f => f.Invariant == Invariant.ClosedMonthStays).ToList();
        Assert.All(found, f => Assert.Equal($"events {Stream}", f.Row));
        Assert.Equal(
            ["2026-03 was closed with cash CNY 0 + 100000 - 0 = 100000, the legs say 0 + 100070 - 0 = 100070", "2026-03 was closed with unapplied CNY 0 + 100000 - 100000 = 0, the legs say 0 + 100000 - 100070 = -70"],
            found.Select(f => f.What).Where(w => !w.EndsWith(" entries, there are 6", StringComparison.Ordinal)));
        Assert.Equal(3, found.Count);
    }

    [Fact]
    public async Task So_is_one_that_found_its_way_into_an_earlier_month()
    {
        var story = Paid();
        await Scribe.WriteCatalog(story.State.Terms);
        await Scribe.WriteAgreement(
            [.. story.Told, new ToldCommand(Deals.Administrator, March.StartUtc.AddTicks(-10), [new ReceiptRecorded(3, "bank", "smuggled", Deals.Yuan(70), March.Last)])]);
        await Close(BalanceOf(story));
        Assert.Equal([$"{Invariant.ClosedMonthStays} events {Stream}"], (await Found()).Where(f => f.StartsWith($"{Invariant.ClosedMonthStays} ", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task A_close_that_contradicts_itself_is_named()
    {
        await Write(Paid());
        var balance = BalanceOf(Paid());
        await Close(balance, sha256: new string('0', 64));
        Assert.Equal([$"{Invariant.ClosedMonthStays} events {Stream} version 1"], await Found());
    }

    [Fact]
    public async Task So_is_one_that_came_too_early()
    {
        await Write(Paid());
        await Close(BalanceOf(Paid()), atUtc: March.EndUtc);
        Assert.Contains($"{Invariant.ClosedMonthStays} events {Stream} version 1", await Found());
    }

    [Fact]
    public async Task A_close_by_somebody_else_is_named()
    {
        await Write(Paid());
        await Close(BalanceOf(Paid()), by: Deals.Lab);
        Assert.Equal([$"{Invariant.EachItsOwn} events {Stream} version 1"], await Found());
    }

    private Task Close(TrialBalance balance, string? sha256 = null, DateTimeOffset? atUtc = null, Actor? by = null)
    {
        var at = atUtc ?? March.EndUtc + MonthCloseRules.Settling;
        return Scribe.Write<MonthClose, MonthCloseCommand, MonthCloseEvent, MonthCloseRules>(
            Stream, (_, state) => MonthCloseRow.Of(state), _ => [], [(by ?? Deals.Administrator, at, [new MonthClosed(balance, sha256 ?? balance.Digest(), "administrator", at)])]);
    }

    private static TrialBalance BalanceOf(AgreementStory story)
    {
        (DateTimeOffset AtUtc, Entry Entry)[] entries = [.. story.Told.SelectMany(t => t.Events.SelectMany(AgreementPostings.EntriesFor).Select(e => (t.AtUtc, e)))];
        Entry[] during = [.. entries.Where(e => LedgerMonth.Of(e.AtUtc) == March).Select(e => e.Entry)];
        return TrialBalance.Of(
            March,
            entries.Where(e => e.AtUtc < March.StartUtc).SelectMany(e => e.Entry.Legs.Select(l => (l.Account, e.Entry.Currency.Code, l.AmountMinor))),
            during.SelectMany(e => e.Legs.Select(l => (l.Account, e.Currency.Code, Math.Max(l.AmountMinor, 0), -Math.Min(l.AmountMinor, 0)))),
            during.Length);
    }
}
