using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Payments by bank, by id of their intents.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListBankPayments(BankPaymentStatus? Status = null, PaymentBatchId? Batch = null, string? After = null, int Limit = 50) : IQuery<Page<BankPaymentRow>>;

internal sealed class ListBankPaymentsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListBankPayments, Result<Page<BankPaymentRow>>>
{
    public Task<Result<Page<BankPaymentRow>>> Handle(ListBankPayments request, CancellationToken cancellationToken)
    {
        var batch = request.Batch?.Value;
        return reads.PageByKey<BankPaymentRow>(
            request.After, request.Limit,
            rows => rows.Where(p => (request.Status == null || p.Status == request.Status) && (batch == null || p.Batch == batch)),
            cancellationToken);
    }
}
