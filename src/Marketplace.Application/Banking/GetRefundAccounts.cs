using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Licensing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Verified accounts on which money that arrived for one agreement can be paid back: the company's, and those of a third party that has paid.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetRefundAccounts(AgreementId Agreement) : IQuery<IReadOnlyList<PayoutAccountRow>>;

internal sealed class GetRefundAccountsHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads)
    : IRequestHandler<GetRefundAccounts, Result<IReadOnlyList<PayoutAccountRow>>>
{
    public async Task<Result<IReadOnlyList<PayoutAccountRow>>> Handle(GetRefundAccounts request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var (company, third) = (visible.Value.Company.Value, ThirdParty.Of(visible.Value.Terms)?.Organisation.Value);
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        return await database.Of<PayoutAccountRow>()
            .Where(a => a.Status == PayoutAccountStatus.Verified && (a.Organisation == company || a.Organisation == third))
            .OrderBy(a => a.Account)
            .ToListAsync(cancellationToken);
    }
}
