using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>How long the market takes from an application to a signed agreement; for administrators.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetNegotiationFacts : IQuery<NegotiationFacts>;

/// <param name="Signed">Agreements that ever took effect.</param>
/// <param name="MedianDays">From application to effect: half of them took no longer. Null while there is none.</param>
/// <param name="NinthDecileDays">Nine of ten took no longer.</param>
public sealed record NegotiationFacts(int Signed, int? MedianDays, int? NinthDecileDays);

internal sealed class GetNegotiationFactsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<GetNegotiationFacts, Result<NegotiationFacts>>
{
    public async Task<Result<NegotiationFacts>> Handle(GetNegotiationFacts request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var signed = await database.Of<AgreementRow>().Where(a => a.EffectiveOn != null)
            .Select(a => new { a.AppliedOn, a.EffectiveOn })
            .ToListAsync(cancellationToken); // neither database subtracts dates in the way of the other
        int[] days = [.. signed.Select(a => a.EffectiveOn!.Value.DayNumber - a.AppliedOn.DayNumber).Order()];
        return new NegotiationFacts(days.Length, Within(days, 50), Within(days, 90));
    }

    /// <summary>The smallest number of days within which so many percent of them were signed (nearest rank).</summary>
    private static int? Within(int[] days, int percent) => days.Length == 0 ? null : days[((days.Length * percent) + 99) / 100 - 1];
}
