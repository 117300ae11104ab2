using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Files of payments for banks, by id.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListPaymentBatches(string? After = null, int Limit = 50) : IQuery<Page<PaymentBatchRow>>;

internal sealed class ListPaymentBatchesHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListPaymentBatches, Result<Page<PaymentBatchRow>>>
{
    public Task<Result<Page<PaymentBatchRow>>> Handle(ListPaymentBatches request, CancellationToken cancellationToken) =>
        reads.PageByKey<PaymentBatchRow>(request.After, request.Limit, rows => rows, cancellationToken);
}
