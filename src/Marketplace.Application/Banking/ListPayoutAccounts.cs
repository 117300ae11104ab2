using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>One's own accounts; administrators see everybody's. By id.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator)]
public sealed record ListPayoutAccounts(PayoutAccountStatus? Status = null, string? After = null, int Limit = 50) : IQuery<Page<PayoutAccountRow>>;

internal sealed class ListPayoutAccountsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller) : IRequestHandler<ListPayoutAccounts, Result<Page<PayoutAccountRow>>>
{
    public async Task<Result<Page<PayoutAccountRow>>> Handle(ListPayoutAccounts request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var own = caller.Principal.Organisation?.Value; // null for administrators only
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<PayoutAccountRow>()
            .Where(a => (own == null || a.Organisation == own) && (request.Status == null || a.Status == request.Status))
            .Where(a => request.After == null || string.Compare(a.Account, request.After) > 0)
            .OrderBy(a => a.Account)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<PayoutAccountRow>.Of(rows, request.Limit, a => a.Account);
    }
}
