using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Inventors;

/// <summary>The agreements in whose income one has a share as an inventor, by the name that the laboratory invited one under. By id of the agreement.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Lab, For = Duty.Inventor)]
public sealed record ListOwnShares(string? After = null, int Limit = 50) : IQuery<OwnShares>;

/// <param name="Name">By which one stands in the splits.</param>
public sealed record OwnShares(string Name, Page<OwnShare> Shares);

public sealed record OwnShare(AgreementId Agreement, BilingualText ResultTitle, long PoolPpm, long SharePpm, Money Payable, bool IsHeld);

internal sealed class ListOwnSharesHandler(IDbContextFactory<MarketplaceReads> reads, Commands commands) : IRequestHandler<ListOwnShares, Result<OwnShares>>
{
    public async Task<Result<OwnShares>> Handle(ListOwnShares request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        if (await commands.OwnNameAsInventor() is not { } name)
        {
            return Refusal.NotFound();
        }

        var lab = commands.OwnOrganisation.Value;
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<InventorShareRow>()
            .Where(s => s.Lab == lab && s.Name == name && (request.After == null || string.Compare(s.Agreement, request.After) > 0))
            .OrderBy(s => s.Agreement).ThenBy(s => s.Place)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        string[] results = [.. rows.Select(r => r.Result).Distinct()];
        var titles = await database.Of<ResultRow>().Where(r => results.Contains(r.Result)).ToDictionaryAsync(r => r.Result, r => new BilingualText(r.TitleZh, r.TitleEn), cancellationToken);
        var page = Page<InventorShareRow>.Of(rows, request.Limit, r => r.Agreement);
        return new OwnShares(name, new Page<OwnShare>(
            [
                .. page.Items.Select(r => new OwnShare(
                    AgreementId.Wrap(r.Agreement), titles[r.Result], r.PoolPpm, r.SharePpm, new Money(r.PayableMinor, Currency.Parse(r.Currency).Value), r.IsHeld)),
            ],
            page.Next));
    }
}
