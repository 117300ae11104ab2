using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Payments;

/// <summary>What providers have said by themselves, and what came of it; for administrators. By id.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListProviderNotices(NoticeStatus? Status = null, string? Type = null, string? After = null, int Limit = 50) : IQuery<Page<ProviderNoticeRow>>;

internal sealed class ListProviderNoticesHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListProviderNotices, Result<Page<ProviderNoticeRow>>>
{
    public Task<Result<Page<ProviderNoticeRow>>> Handle(ListProviderNotices request, CancellationToken cancellationToken) =>
        reads.PageByKey<ProviderNoticeRow>(
            request.After, request.Limit,
            rows => rows.Where(n => (request.Status == null || n.Status == request.Status) && (request.Type == null || n.Type == request.Type)),
            cancellationToken);
}
