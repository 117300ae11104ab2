using Marketplace.Application.Reads;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketplace.Host.Composition;

/// <summary>Ready means: the journal answers and the read tables have the columns that this version knows.</summary>
internal sealed class StorageHealth(IJournal journal, IDbContextFactory<MarketplaceReads> reads) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await journal.Find(Guid.Empty, patience.Token);
        await using var database = await reads.CreateDbContextAsync(patience.Token);
        await database.Of<DueWorkRow>().FirstOrDefaultAsync(w => w.Stream == "", patience.Token);
        return HealthCheckResult.Healthy();
    }
}
