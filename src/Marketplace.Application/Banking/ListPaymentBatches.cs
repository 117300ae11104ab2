using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Files of payments for banks, by id.</summary>
[MayAsk(ActorRole.Administrator)]
public sealed record ListPaymentBatches(string? After = null, int Limit = 50) : IQuery<Page<PaymentBatchRow>>;

internal sealed class ListPaymentBatchesHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListPaymentBatches, Result<Page<PaymentBatchRow>>>
{
    public async Task<Result<Page<PaymentBatchRow>>> Handle(ListPaymentBatches request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<PaymentBatchRow>()
            .Where(b => request.After == null || string.Compare(b.Batch, request.After) > 0)
            .OrderBy(b => b.Batch)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<PaymentBatchRow>.Of(rows, request.Limit, b => b.Batch);
    }
}
