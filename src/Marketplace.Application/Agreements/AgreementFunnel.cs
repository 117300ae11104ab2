using Marketplace.Application.Reads;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>How far agreements have come; each number is a part of the one before.</summary>
/// <param name="Applied">All of them.</param>
/// <param name="Tried">Whose trial has begun.</param>
/// <param name="Converted">To a commercial licence.</param>
/// <param name="Paid">Of which anything was paid.</param>
public sealed record AgreementFunnel(int Applied, int Tried, int Converted, int Paid)
{
    internal static async Task<AgreementFunnel> Read(MarketplaceReads database, IQueryable<AgreementRow> agreements, CancellationToken cancel)
    {
        var obligations = database.Of<ObligationRow>();
        return new AgreementFunnel(
            await agreements.CountAsync(cancel),
            await agreements.CountAsync(a => a.TrialEndsOn != null, cancel),
            await agreements.CountAsync(a => a.TrialEndsOn != null && a.ConvertedOn != null, cancel),
            await agreements.CountAsync(
                a => a.TrialEndsOn != null && a.ConvertedOn != null && obligations.Any(o => o.Agreement == a.Agreement && o.AllocatedMinor > 0), cancel));
    }
}
