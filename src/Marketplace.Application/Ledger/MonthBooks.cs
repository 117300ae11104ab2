using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Ledger;

public enum MonthState
{
    /// <summary>It is not over: figures are provisional.</summary>
    Running,

    /// <summary>It is over, and nobody has closed it.</summary>
    Open,

    Closed,
}

/// <summary>
/// The books by month. A trial balance begins with the closing balances of the latest closed month and reads what was posted since, so that it
/// costs as much as the months that are open.
/// </summary>
internal sealed class MonthBooks(IJournal journal, IDbContextFactory<MarketplaceReads> reads, Commands commands, MarketplaceClock clock)
{
    /// <summary>No event is older.</summary>
    private static readonly DateTimeOffset Beginning = DateTimeOffset.UnixEpoch;

    public LedgerMonth ThisMonth => LedgerMonth.Of(clock.NowUtc);

    /// <summary>A month that has not begun has no books.</summary>
    public Refusal? Check(LedgerMonth month) => month <= ThisMonth
        ? null
        : Refusal.Invalid("month-not-begun", $"{month} 尚未开始。", $"{month} has not begun.", "month");

    /// <summary>The latest month that is closed, and with it all before it; null: none.</summary>
    /// <param name="before">Only among those before this month.</param>
    public async Task<LedgerMonth?> ClosedThrough(LedgerMonth? before = null, CancellationToken cancel = default)
    {
        var end = before?.Value;
        await using var database = await reads.CreateDbContextAsync(cancel);
        var month = await database.Of<MonthCloseRow>().Where(c => end == null || string.Compare(c.Month, end) < 0).OrderByDescending(c => c.Month)
            .Select(c => c.Month).FirstOrDefaultAsync(cancel);
        return month is null ? null : LedgerMonth.Parse(month).Value;
    }

    public MonthState StateOf(LedgerMonth month, LedgerMonth? closedThrough) =>
        month <= closedThrough ? MonthState.Closed : clock.NowUtc < month.EndUtc ? MonthState.Running : MonthState.Open;

    /// <summary>The month of the first event; null while there is none.</summary>
    public async Task<LedgerMonth?> First(CancellationToken cancel) =>
        await journal.FirstInstant(cancel) is { } first ? LedgerMonth.Of(first) : null;

    /// <summary>As the journal has it now, with the first earlier month that has postings and is open.</summary>
    public async Task<(TrialBalance Balance, LedgerMonth? OpenBefore)> BalanceOf(LedgerMonth month, CancellationToken cancel)
    {
        var closed = await ClosedThrough(month, cancel);
        var kept = closed is { } last ? (await commands.StateOf<IMonthCloseGrain, MonthClose>(last.Value)).Closed!.Balance.Lines : [];
        var from = closed?.EndUtc ?? Beginning;
        var between = from < month.StartUtc ? await journal.Turnover(from, month.StartUtc, cancel) : [];
        var during = await journal.Turnover(month.StartUtc, month.EndUtc, cancel);
        var balance = TrialBalance.Of(
            month,
            [.. kept.Select(l => (l.Account, l.Currency.Code, l.ClosingMinor)), .. between.Select(t => (t.Account, t.Currency, checked(t.DebitMinor - t.CreditMinor)))],
            during.Select(t => (t.Account, t.Currency, t.DebitMinor, t.CreditMinor)),
            during.Sum(t => t.Entries));
        return (balance, between.Count == 0 ? null : await FirstOpen(closed?.Next ?? await First(cancel) ?? month.Previous, month, cancel));
    }

    private async Task<LedgerMonth> FirstOpen(LedgerMonth from, LedgerMonth before, CancellationToken cancel)
    {
        var month = from;
        while (month < before.Previous && (await journal.Turnover(month.StartUtc, month.EndUtc, cancel)).Count == 0)
        {
            month = month.Next;
        }

        return month;
    }
}
