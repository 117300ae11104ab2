using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Reconciliations;

/// <summary>The days on which the ledger was held against providers and the bank; for administrators. By day, the latest first.</summary>
/// <param name="Before">Only days before this one.</param>
/// <param name="From">Only this day and later ones.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListReconciliations(DateOnly? Before = null, int Days = 31, DateOnly? From = null) : IQuery<ReconciliationList>;

/// <param name="Providers">All that can be looked at.</param>
/// <param name="Next">Send it as <c>before</c> to get earlier days; null: there are none.</param>
public sealed record ReconciliationList(IReadOnlyList<string> Providers, IReadOnlyList<ReconciliationRow> Days, DateOnly? Next);

internal sealed class ListReconciliationsHandler(IDbContextFactory<MarketplaceReads> reads, ReconcileProviders reconcile)
    : IRequestHandler<ListReconciliations, Result<ReconciliationList>>
{
    public async Task<Result<ReconciliationList>> Handle(ListReconciliations request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Days) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var days = await database.Of<ReconciliationRow>().Where(r => (request.Before == null || r.Day < request.Before) && (request.From == null || r.Day >= request.From))
            .Select(r => r.Day).Distinct().OrderByDescending(day => day).Take(request.Days + 1).ToListAsync(cancellationToken);
        var (from, isMore) = days.Count > request.Days ? (days[^2], true) : (days.LastOrDefault(), false);
        var rows = await database.Of<ReconciliationRow>()
            .Where(r => (request.Before == null || r.Day < request.Before) && (request.From == null || r.Day >= request.From) && r.Day >= from)
            .OrderByDescending(r => r.Day).ThenBy(r => r.Provider).ToListAsync(cancellationToken);
        return new ReconciliationList(reconcile.Names, rows, isMore ? from : null);
    }
}
