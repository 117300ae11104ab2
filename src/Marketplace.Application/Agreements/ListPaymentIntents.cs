using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>Money that is to move outside, or has; for administrators. By id.</summary>
/// <param name="IsOpen">Only those that the provider has not concluded, or only those that it has.</param>
/// <param name="Currency">Only those in it.</param>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListPaymentIntents(
    IntentStatus? Status = null, bool? IsOpen = null, AgreementId? Agreement = null, IntentKind? Kind = null, Currency? Currency = null, string? After = null, int Limit = 50)
    : IQuery<Page<PaymentIntentRow>>;

internal sealed class ListPaymentIntentsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListPaymentIntents, Result<Page<PaymentIntentRow>>>
{
    public Task<Result<Page<PaymentIntentRow>>> Handle(ListPaymentIntents request, CancellationToken cancellationToken)
    {
        var (agreement, currency) = (request.Agreement?.Value, request.Currency?.Code);
        return reads.PageByKey<PaymentIntentRow>(
            request.After, request.Limit,
            rows => rows
                .Where(i => (request.Status == null || i.Status == request.Status) && (agreement == null || i.Agreement == agreement))
                .Where(i => (request.Kind == null || i.Kind == request.Kind) && (currency == null || i.Currency == currency))
                .Where(i => request.IsOpen == null || (i.NextLookAtUtc != null) == request.IsOpen),
            cancellationToken);
    }
}
