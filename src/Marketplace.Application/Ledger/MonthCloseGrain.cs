using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Ledger;

namespace Marketplace.Application.Ledger;

/// <summary>Keyed by month: <c>2026-11</c>.</summary>
[Stream("month-close")]
public interface IMonthCloseGrain : IJournaledGrain<MonthClose>;

internal sealed class MonthCloseGrain(Surroundings around)
    : JournaledGrain<MonthClose, MonthCloseCommand, MonthCloseEvent, MonthCloseRules>(around), IMonthCloseGrain
{
    protected override IEnumerable<IReadRow> Rows(MonthClose state) => MonthCloseRow.Of(state);
}

/// <summary>A month that is closed; its trial balance stays in the stream.</summary>
/// <param name="Month"><c>2026-11</c>.</param>
/// <param name="Sha256">Of its trial balance.</param>
[ReadTable("month_closes")]
public sealed record MonthCloseRow(string Month, DateTime ClosedAtUtc, string ClosedBy, long Entries, string Sha256) : IReadRow
{
    public static IEnumerable<IReadRow> Of(MonthClose state) => state.Closed is { } e
        ? [new MonthCloseRow(e.Balance.Month.Value, e.AtUtc.UtcDateTime, e.By, e.Balance.Entries, e.Sha256)]
        : [];
}
