using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>What a figure of the settlement overview is made of; for administrators. The parts sum to the figure.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetSettlementFigure(SettlementFigure Figure, Currency Currency) : IQuery<SettlementFigureView>;

public enum SettlementFigure
{
    Receivable,
    Received,
    PaidOut,
    Payable,
    Refunded,
    Unapplied,
    PlatformFee,
}

public sealed record SettlementFigureView(SettlementFigure Figure, Money Total, IReadOnlyList<FigurePart> Parts);

/// <summary>One part: the balances of an account, or payments of a kind that have moved, or money that was taken back without our asking.</summary>
/// <param name="Account">Without a detail, which are summed up; null: it is no account.</param>
/// <param name="Kind">Null: it is no payment of ours.</param>
/// <param name="Amount">As it goes into the figure.</param>
public sealed record FigurePart(string? Account, IntentKind? Kind, Money Amount);

internal sealed class GetSettlementFigureHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<GetSettlementFigure, Result<SettlementFigureView>>
{
    public async Task<Result<SettlementFigureView>> Handle(GetSettlementFigure request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var parts = new List<FigurePart>();
        var (accounts, accountSign, kinds) = MadeOf(request.Figure);
        var (totals, code) = (await SettlementTotals.Read(database, cancellationToken), request.Currency.Code);
        parts.AddRange(accounts.Select(account => new FigurePart(account, null, new Money(checked(accountSign * totals.BalanceOf(account, code)), request.Currency))));
        parts.AddRange(kinds.Select(k => new FigurePart(null, k.Kind, new Money(checked(k.Sign * totals.MovedBy(k.Kind, code)), request.Currency))));

        if (request.Figure == SettlementFigure.Received)
        {
            parts.Add(new FigurePart(null, null, new Money(
                await database.Of<ReceiptReversalRow>().Where(r => r.Status == ReversalStatus.TakenBack && r.Currency == request.Currency.Code).SumAsync(r => r.AmountMinor, cancellationToken),
                request.Currency)));
        }

        return new SettlementFigureView(request.Figure, new Money(parts.Sum(p => p.Amount.AmountMinor), request.Currency), parts);
    }

    /// <summary>What arrived is what is still there, and what has left again.</summary>
    private static (string[] Accounts, int Sign, (IntentKind Kind, int Sign)[] Kinds) MadeOf(SettlementFigure figure) => figure switch
    {
        SettlementFigure.Receivable => (SettlementAccounts.Receivable, 1, []),
        SettlementFigure.Received => (
            [ChartOfAccounts.Cash, ChartOfAccounts.Disputed, ChartOfAccounts.ProviderFee], 1, [(IntentKind.Payout, 1), (IntentKind.Refund, 1), (IntentKind.Recovery, -1)]),
        SettlementFigure.PaidOut => ([], 1, [(IntentKind.Payout, 1), (IntentKind.Recovery, -1)]),
        SettlementFigure.Payable => (SettlementAccounts.Payable, -1, []),
        SettlementFigure.Refunded => ([], 1, [(IntentKind.Refund, 1)]),
        SettlementFigure.Unapplied => ([ChartOfAccounts.Unapplied], -1, []),
        SettlementFigure.PlatformFee => ([ChartOfAccounts.PlatformFee], -1, []),
    };
}
