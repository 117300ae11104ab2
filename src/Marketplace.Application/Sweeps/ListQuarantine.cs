using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Sweeps;

/// <summary>Due work that sweeps leave alone because it failed again and again, with the reason of the last time.</summary>
/// <param name="After">Item of the last one on the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListQuarantine(string? After = null, int Limit = 50) : IQuery<Page<QuarantinedWork>>;

/// <param name="Item">Id of the item: <c>notice/result/res_…</c>.</param>
/// <param name="Stream">The thing that could not be woken, e.g. <c>result/res_…</c>.</param>
/// <param name="Purpose">What for, as in the due-work table.</param>
/// <param name="Failures">All that were ever counted: more than three when it was released before.</param>
/// <param name="DueAtUtc">Since when it waits; null: nothing is due any more.</param>
public sealed record QuarantinedWork(
    string Item, string Stream, string Purpose, int Failures, string Reason, DateTime FailedAtUtc, DateTime QuarantinedAtUtc, DateTime? DueAtUtc);

internal sealed class ListQuarantineHandler(IDbContextFactory<MarketplaceReads> reads)
    : IRequestHandler<ListQuarantine, Result<Page<QuarantinedWork>>>
{
    public async Task<Result<Page<QuarantinedWork>>> Handle(ListQuarantine request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (purpose, stream) = request.After?.Split('/', 2) is [var p, var s] ? (p, s) : (request.After ?? "", "");
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<DueWorkFailureRow>()
            .Where(f => f.QuarantinedAtUtc != null)
            .Where(f => string.Compare(f.Purpose, purpose) > 0 || (f.Purpose == purpose && string.Compare(f.Stream, stream) > 0))
            .OrderBy(f => f.Purpose).ThenBy(f => f.Stream)
            .Take(request.Limit + 1)
            .LeftJoin(
                database.Of<DueWorkRow>(), f => new { f.Stream, f.Purpose }, w => new { w.Stream, w.Purpose },
                (f, w) => new { Failure = f, DueAtUtc = w == null ? null : w.DueAtUtc })
            .OrderBy(q => q.Failure.Purpose).ThenBy(q => q.Failure.Stream)
            .ToListAsync(cancellationToken);
        return Page<QuarantinedWork>.Of(
            [.. rows.Select(q => Of(q.Failure, q.DueAtUtc))], request.Limit, q => q.Item);
    }

    private static QuarantinedWork Of(DueWorkFailureRow f, DateTime? dueAtUtc) => new(
        IFailingWorkGrain.KeyOf(f.Purpose, f.Stream), f.Stream, f.Purpose, f.Failures, f.Reason, f.FailedAtUtc, f.QuarantinedAtUtc!.Value, dueAtUtc);
}
