using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Payments by bank, by id of their intents.</summary>
[MayAsk(ActorRole.Administrator)]
public sealed record ListBankPayments(BankPaymentStatus? Status = null, PaymentBatchId? Batch = null, string? After = null, int Limit = 50) : IQuery<Page<BankPaymentRow>>;

internal sealed class ListBankPaymentsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListBankPayments, Result<Page<BankPaymentRow>>>
{
    public async Task<Result<Page<BankPaymentRow>>> Handle(ListBankPayments request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var batch = request.Batch?.Value;
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<BankPaymentRow>()
            .Where(p => (request.Status == null || p.Status == request.Status) && (batch == null || p.Batch == batch))
            .Where(p => request.After == null || string.Compare(p.Intent, request.After) > 0)
            .OrderBy(p => p.Intent)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<BankPaymentRow>.Of(rows, request.Limit, p => p.Intent);
    }
}
