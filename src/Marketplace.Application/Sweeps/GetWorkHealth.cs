using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Sweeps;

/// <summary>Whether what is due is worked off; for administrators.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetWorkHealth : IQuery<WorkHealth>;

/// <param name="AsOfUtc">Now, on the marketplace's clock.</param>
/// <param name="Purposes">Those of which anything is planned, in a fixed order.</param>
/// <param name="Failing">Work that failed last time and will be tried again.</param>
/// <param name="Quarantined">Work that failed too often and is left alone.</param>
public sealed record WorkHealth(DateTimeOffset AsOfUtc, IReadOnlyList<WorkOfPurpose> Purposes, int Failing, int Quarantined);

/// <param name="Purpose">See <see cref="DueWork"/>.</param>
/// <param name="NextUtc">When the next of it is due, or was.</param>
/// <param name="Behind">How much is due since more than an hour; quarantined work is not waited for.</param>
public sealed record WorkOfPurpose(string Purpose, DateTimeOffset NextUtc, int Behind);

internal sealed class GetWorkHealthHandler(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock) : IRequestHandler<GetWorkHealth, Result<WorkHealth>>
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly string[] Purposes =
        [DueWork.Obligations, DueWork.Trial, DueWork.Notice, DueWork.Intent, DueWork.Statement, DueWork.BankLine, DueWork.PaymentBatch, DueWork.Notices];

    public async Task<Result<WorkHealth>> Handle(GetWorkHealth request, CancellationToken cancellationToken)
    {
        var late = (clock.NowUtc - Patience).UtcDateTime;
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var failures = database.Of<DueWorkFailureRow>();
        var standing = new List<WorkOfPurpose>();
        foreach (var purpose in Purposes)
        {
            var open = database.Of<DueWorkRow>().Where(w => w.Purpose == purpose && w.DueAtUtc != null);
            if (await open.OrderBy(w => w.DueAtUtc).Select(w => w.DueAtUtc).FirstOrDefaultAsync(cancellationToken) is { } next)
            {
                standing.Add(new WorkOfPurpose(
                    purpose, next.Instant(),
                    await open.CountAsync(
                        w => w.DueAtUtc < late && !failures.Any(f => f.Stream == w.Stream && f.Purpose == w.Purpose && f.QuarantinedAtUtc != null), cancellationToken)));
            }
        }

        return new WorkHealth(
            clock.NowUtc, standing,
            await failures.CountAsync(f => f.Attempts > 0 && f.QuarantinedAtUtc == null, cancellationToken),
            await failures.CountAsync(f => f.QuarantinedAtUtc != null, cancellationToken));
    }
}
