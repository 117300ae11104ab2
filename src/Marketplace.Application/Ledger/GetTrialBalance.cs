using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using MediatR;

namespace Marketplace.Application.Ledger;

/// <summary>All accounts of the platform over a month; for administrators. Of a closed month, as it was closed.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetTrialBalance(LedgerMonth Month) : IQuery<TrialBalanceView>;

/// <param name="Closed">By whom it was closed, and when; null: it is not, or together with a later month.</param>
/// <param name="Results">What the platform itself earned and bore in the month, by currency.</param>
public sealed record TrialBalanceView(MonthState State, TrialBalance Balance, string Sha256, MonthClosing? Closed, IReadOnlyList<PlatformResult> Results);

public sealed record MonthClosing(string By, DateTimeOffset AtUtc);

/// <param name="Fees">The platform's fees.</param>
/// <param name="ProviderFees">What payment providers kept.</param>
public sealed record PlatformResult(Money Fees, Money ProviderFees);

internal sealed class GetTrialBalanceHandler(Commands commands, MonthBooks books) : IRequestHandler<GetTrialBalance, Result<TrialBalanceView>>
{
    public async Task<Result<TrialBalanceView>> Handle(GetTrialBalance request, CancellationToken cancellationToken)
    {
        if (books.Check(request.Month) is { } refusal)
        {
            return refusal;
        }

        var state = books.StateOf(request.Month, await books.ClosedThrough(cancel: cancellationToken));
        var closed = (await commands.StateOf<IMonthCloseGrain, MonthClose>(request.Month.Value)).Closed;
        var balance = closed?.Balance ?? (await books.BalanceOf(request.Month, cancellationToken)).Balance;
        return new TrialBalanceView(
            state, balance, closed?.Sha256 ?? balance.Digest(), closed is null ? null : new MonthClosing(closed.By, closed.AtUtc),
            [
                .. balance.Lines.Select(l => l.Currency).Distinct().Select(currency => new PlatformResult(
                    new Money(-Moved(balance, ChartOfAccounts.PlatformFee, currency), currency), new Money(Moved(balance, ChartOfAccounts.ProviderFee, currency), currency))),
            ]);
    }

    private static long Moved(TrialBalance balance, string account, Currency currency) =>
        balance.Lines.Where(l => l.Account == account && l.Currency == currency).Sum(l => l.DebitMinor - l.CreditMinor);
}
