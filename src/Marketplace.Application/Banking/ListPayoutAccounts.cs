using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>One's own accounts; administrators see everybody's. By id.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListPayoutAccounts(PayoutAccountStatus? Status = null, string? After = null, int Limit = 50) : IQuery<Page<PayoutAccountRow>>;

internal sealed class ListPayoutAccountsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller)
    : IRequestHandler<ListPayoutAccounts, Result<Page<PayoutAccountRow>>>
{
    public Task<Result<Page<PayoutAccountRow>>> Handle(ListPayoutAccounts request, CancellationToken cancellationToken)
    {
        var own = caller.Principal.Organisation?.Value; // null for administrators only
        return reads.PageByKey<PayoutAccountRow>(
            request.After, request.Limit,
            rows => rows.Where(a => (own == null || a.Organisation == own) && (request.Status == null || a.Status == request.Status)),
            cancellationToken);
    }
}
