using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>The platform's own accounts, by id; closed ones too.</summary>
[MayAsk(ActorRole.Administrator)]
public sealed record ListBankAccounts(string? After = null, int Limit = 50) : IQuery<Page<BankAccountRow>>;

internal sealed class ListBankAccountsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListBankAccounts, Result<Page<BankAccountRow>>>
{
    public async Task<Result<Page<BankAccountRow>>> Handle(ListBankAccounts request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<BankAccountRow>()
            .Where(a => request.After == null || string.Compare(a.Account, request.After) > 0)
            .OrderBy(a => a.Account)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<BankAccountRow>.Of(rows, request.Limit, a => a.Account);
    }
}
