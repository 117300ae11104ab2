using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Licensing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Verified accounts on which payees of an agreement can be paid by bank: the laboratory's, for itself and its inventors, and its broker's. By id.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListPayeeAccounts(AgreementId Agreement) : IQuery<IReadOnlyList<PayeeAccount>>;

/// <param name="IsBrokers">Otherwise it is the laboratory's.</param>
/// <param name="Ending">The last characters of its number: enough to know it by, and too few to use it.</param>
public sealed record PayeeAccount(PayoutAccountId Account, bool IsBrokers, string Holder, string Ending);

internal sealed class ListPayeeAccountsHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListPayeeAccounts, Result<IReadOnlyList<PayeeAccount>>>
{
    private const int Shown = 4;

    public async Task<Result<IReadOnlyList<PayeeAccount>>> Handle(ListPayeeAccounts request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var lab = visible.Value.Lab.Value;
        var broker = ThirdParty.Of(visible.Value.Terms) is { Role: ThirdPartyRole.Broker } third ? third.Organisation.Value : null;
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<PayoutAccountRow>()
            .Where(a => a.Status == PayoutAccountStatus.Verified && (a.Organisation == lab || a.Organisation == broker))
            .OrderBy(a => a.Account).ToListAsync(cancellationToken);
        return Result<IReadOnlyList<PayeeAccount>>.Of(
        [
            .. rows.Select(a => new PayeeAccount(PayoutAccountId.Wrap(a.Account), a.Organisation == broker, a.Holder, a.Number.Length > Shown ? a.Number[^Shown..] : "")),
        ]);
    }
}
