using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>The platform's own accounts, by id; closed ones too.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListBankAccounts(string? After = null, int Limit = 50) : IQuery<Page<BankAccountRow>>;

internal sealed class ListBankAccountsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListBankAccounts, Result<Page<BankAccountRow>>>
{
    public Task<Result<Page<BankAccountRow>>> Handle(ListBankAccounts request, CancellationToken cancellationToken) =>
        reads.PageByKey<BankAccountRow>(request.After, request.Limit, rows => rows, cancellationToken);
}
