using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>What other agreements on results of the same field of technology sell, in the same currency.</summary>
internal sealed class ReportPeers
{
    private readonly Dictionary<(TechnologyField Field, string Currency), List<(long MonthlyMinor, string Agreement)>> groups;

    private ReportPeers(IEnumerable<Known> known) => groups = known
        .GroupBy(k => (k.Field, k.Currency))
        .ToDictionary(g => g.Key, g => g.Select(k => (k.MonthlyMinor, k.Agreement)).Order().ToList());

    private sealed record Known(string Agreement, TechnologyField Field, string Currency, long MonthlyMinor);

    /// <param name="field">Null: of all fields.</param>
    public static async Task<ReportPeers> Read(MarketplaceReads database, TechnologyField? field, CancellationToken cancel) => new(await database.Of<ReportRiskRow>()
        .Where(r => r.MonthlyNetMinor != null)
        .Join(
            database.Of<ResultRow>().Where(r => field == null || r.Field == field), r => r.Result, r => r.Result,
            (risk, result) => new Known(risk.Agreement, result.Field, risk.Currency, risk.MonthlyNetMinor!.Value))
        .ToListAsync(cancel));

    /// <summary>Null: it has none.</summary>
    public PeerSales? Of(string agreement, TechnologyField field, string currency, long? monthlyNetMinor)
    {
        if (monthlyNetMinor is not { } own || groups.GetValueOrDefault((field, currency)) is not { } group)
        {
            return null;
        }

        var place = group.BinarySearch((own, agreement));
        return place < 0 ? null : PeerSales.AllBut(group.ConvertAll(g => g.MonthlyMinor), place);
    }
}
