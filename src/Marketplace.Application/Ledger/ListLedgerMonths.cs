using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using MediatR;

namespace Marketplace.Application.Ledger;

/// <summary>The months of the books, newest first.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListLedgerMonths : IQuery<IReadOnlyList<LedgerMonthCard>>;

/// <param name="MayBeClosed">It is the next one to be closed, and has been over for long enough.</param>
public sealed record LedgerMonthCard(LedgerMonth Month, MonthState State, bool MayBeClosed);

internal sealed class ListLedgerMonthsHandler(MonthBooks books, MarketplaceClock clock) : IRequestHandler<ListLedgerMonths, Result<IReadOnlyList<LedgerMonthCard>>>
{
    public async Task<Result<IReadOnlyList<LedgerMonthCard>>> Handle(ListLedgerMonths request, CancellationToken cancellationToken)
    {
        var closedThrough = await books.ClosedThrough(cancel: cancellationToken);
        var first = await books.First(cancellationToken) ?? books.ThisMonth;
        var months = new List<LedgerMonthCard>();
        for (var month = books.ThisMonth; month >= first; month = month.Previous)
        {
            var isNext = closedThrough is { } closed ? month == closed.Next : month == first;
            months.Add(new LedgerMonthCard(month, books.StateOf(month, closedThrough), isNext && clock.NowUtc >= month.EndUtc + MonthCloseRules.Settling));
        }

        return Result<IReadOnlyList<LedgerMonthCard>>.Of(months);
    }
}
