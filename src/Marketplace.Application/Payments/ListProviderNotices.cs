using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Payments;

/// <summary>What providers have said by themselves, and what came of it; for administrators. By id.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator)]
public sealed record ListProviderNotices(NoticeStatus? Status = null, string? Type = null, string? After = null, int Limit = 50) : IQuery<Page<ProviderNoticeRow>>;

internal sealed class ListProviderNoticesHandler(IDbContextFactory<MarketplaceReads> reads)
    : IRequestHandler<ListProviderNotices, Result<Page<ProviderNoticeRow>>>
{
    public async Task<Result<Page<ProviderNoticeRow>>> Handle(ListProviderNotices request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<ProviderNoticeRow>()
            .Where(n => (request.Status == null || n.Status == request.Status) && (request.Type == null || n.Type == request.Type))
            .Where(n => request.After == null || string.Compare(n.Notice, request.After) > 0)
            .OrderBy(n => n.Notice)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<ProviderNoticeRow>.Of(rows, request.Limit, n => n.Notice);
    }
}
