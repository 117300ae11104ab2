using Marketplace.Application.Agreements;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Desks;

/// <summary>What is owed under some agreements, in one currency.</summary>
/// <param name="Open">All that is not paid, invoiced or not.</param>
/// <param name="Overdue">Of that, by days since the due date.</param>
/// <param name="Months">By the month in which sums fall due, without a gap: some months back, and some ahead.</param>
/// <param name="Later">Open, and due after those months.</param>
public sealed record DeskMoney(Money Open, IReadOnlyList<AgeingBucket> Overdue, IReadOnlyList<MonthOfSums> Months, Money Later)
{
    private const int MonthsBack = 5;
    private const int MonthsAhead = 6;

    private sealed record Due(string Currency, DateOnly DueOn, ObligationStatus Status, long ExpectedMinor, long PaidMinor, long OpenMinor, int Count);

    /// <param name="agreements">Whose sums; few enough to read them one by one.</param>
    internal static async Task<IReadOnlyList<DeskMoney>> Read(MarketplaceReads database, IQueryable<AgreementRow> agreements, DateOnly today, CancellationToken cancel)
    {
        var due = await agreements
            .Join(database.Of<ObligationRow>(), a => a.Agreement, o => o.Agreement, (a, o) => o)
            .GroupBy(o => new { o.Currency, o.DueOn, o.Status })
            .Select(g => new Due(
                g.Key.Currency, g.Key.DueOn, g.Key.Status, g.Sum(o => o.AllocatedMinor + o.OutstandingMinor), g.Sum(o => o.AllocatedMinor), g.Sum(o => o.OutstandingMinor), g.Count()))
            .ToListAsync(cancel);
        return [.. due.GroupBy(d => d.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(Domain.Currency.Parse(g.Key).Value, [.. g], today))];
    }

    private static DeskMoney Of(Currency currency, IReadOnlyList<Due> due, DateOnly today)
    {
        Money Sum(IEnumerable<long> minor) => new(minor.Sum(), currency);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-MonthsBack);
        var end = first.AddMonths(MonthsBack + 1 + MonthsAhead);
        return new DeskMoney(
            Sum(due.Select(d => d.OpenMinor)),
            AgeingBucket.Of(due.Where(d => d.Status == ObligationStatus.Overdue).Select(d => (d.DueOn, d.OpenMinor, d.Count)), currency, today),
            [
                .. Enumerable.Range(0, MonthsBack + 1 + MonthsAhead).Select(i => first.AddMonths(i)).Select(month => new MonthOfSums(
                    month,
                    Sum(due.Where(d => d.DueOn >= month && d.DueOn < month.AddMonths(1)).Select(d => d.ExpectedMinor)),
                    Sum(due.Where(d => d.DueOn >= month && d.DueOn < month.AddMonths(1)).Select(d => d.PaidMinor)))),
            ],
            Sum(due.Where(d => d.DueOn >= end).Select(d => d.OpenMinor)));
    }
}

/// <summary>What falls due in a month, and what of it is paid, whenever that came.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Expected">Principal, interest and costs, without what was waived.</param>
public sealed record MonthOfSums(DateOnly Month, Money Expected, Money Received);
