using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>Where all the money stands; for administrators.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetSettlementOverview : IQuery<SettlementOverview>;

/// <param name="On">The local day as of which sums are overdue by so many days.</param>
/// <param name="Currencies">By code.</param>
/// <param name="Accounts">Every account with a movement, its balances summed over all agreements, debit positive; details after a colon are summed up.</param>
/// <param name="Agreements">Number of agreements in each state that has any.</param>
/// <param name="OpenIntents">Number of payment intents that no provider has concluded, by status.</param>
/// <param name="StepsWaiting">Steps of the ladder that wait for approval.</param>
/// <param name="Quarantined">Due work that failed too often and is left alone.</param>
public sealed record SettlementOverview(
    DateOnly On,
    IReadOnlyList<CurrencyOverview> Currencies,
    IReadOnlyList<AccountTotal> Accounts,
    IReadOnlyDictionary<AgreementState, int> Agreements,
    IReadOnlyDictionary<IntentStatus, int> OpenIntents,
    int StepsWaiting,
    int Quarantined);

/// <param name="Planned">Arisen, not yet invoiced.</param>
/// <param name="Invoiced">Principal, interest and costs put on the books so far.</param>
/// <param name="Received">All money that ever arrived.</param>
/// <param name="PaidOut">Confirmed payouts to labs, inventors and brokers, less what of them came back.</param>
/// <param name="Refunded">Confirmed refunds to companies.</param>
/// <param name="Unapplied">Arrived, and claimed by no obligation.</param>
/// <param name="Payable">Of what was collected for labs, inventors and brokers, not paid out yet.</param>
/// <param name="Overdue">Open amounts by days since the due date.</param>
public sealed record CurrencyOverview(
    Money Planned, Money Invoiced, Money Receivable, Money Received, Money PaidOut, Money Refunded, Money Unapplied, Money PlatformFee, Money Payable,
    IReadOnlyList<AgeingBucket> Overdue);

public sealed record AccountTotal(string Account, string Currency, long BalanceMinor);

internal sealed class GetSettlementOverviewHandler(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock)
    : IRequestHandler<GetSettlementOverview, Result<SettlementOverview>>
{
    private sealed record TakenBack(string Currency, long Minor);

    private sealed record Late(string Currency, DateOnly DueOn, long OpenMinor, int Count);

    public async Task<Result<SettlementOverview>> Handle(GetSettlementOverview request, CancellationToken cancellationToken)
    {
        var today = LocalTime.DateOf(clock.NowUtc);
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var totals = await SettlementTotals.Read(database, cancellationToken);
        var takenBack = await database.Of<ReceiptReversalRow>().Where(r => r.Status == ReversalStatus.TakenBack)
            .GroupBy(r => r.Currency)
            .Select(g => new TakenBack(g.Key, g.Sum(r => r.AmountMinor)))
            .ToListAsync(cancellationToken);
        var late = await database.Of<ObligationRow>().Where(o => o.Status == ObligationStatus.Overdue)
            .GroupBy(o => new { o.Currency, o.DueOn })
            .Select(g => new Late(g.Key.Currency, g.Key.DueOn, g.Sum(o => o.OutstandingMinor), g.Count()))
            .ToListAsync(cancellationToken);
        var states = await database.Of<AgreementRow>().GroupBy(a => a.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var intents = await database.Of<PaymentIntentRow>().Where(i => i.NextLookAtUtc != null)
            .GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);

        return new SettlementOverview(
            today,
            [.. totals.Currencies.Select(code => Overview(code, totals, takenBack, late, today))],
            totals.Accounts,
            states.ToDictionary(s => s.Key, s => s.Count),
            intents.ToDictionary(i => i.Key, i => i.Count),
            await database.Of<AgreementRow>().Where(a => a.StepsWaiting > 0).SumAsync(a => a.StepsWaiting, cancellationToken),
            await database.Of<DueWorkFailureRow>().CountAsync(f => f.QuarantinedAtUtc != null, cancellationToken));
    }

    private static CurrencyOverview Overview(
        string code, SettlementTotals totals, List<TakenBack> takenBack, List<Late> late, DateOnly today)
    {
        var currency = Currency.Parse(code, "currency").Value;
        Money Of(long minor) => new(minor, currency);
        long Balance(string account) => totals.BalanceOf(account, code);
        long Out(IntentKind kind) => totals.MovedBy(kind, code);

        return new CurrencyOverview(
            Planned: Of(totals.PlannedIn(code)),
            Invoiced: Of(totals.InvoicedIn(code)),
            Receivable: Of(SettlementAccounts.Receivable.Sum(Balance)),
            Received: Of(checked(
                Balance(ChartOfAccounts.Cash) + Balance(ChartOfAccounts.Disputed) + Balance(ChartOfAccounts.ProviderFee)
                + Out(IntentKind.Payout) + Out(IntentKind.Refund) - Out(IntentKind.Recovery) + (takenBack.FirstOrDefault(t => t.Currency == code)?.Minor ?? 0))),
            PaidOut: Of(Out(IntentKind.Payout) - Out(IntentKind.Recovery)),
            Refunded: Of(Out(IntentKind.Refund)),
            Unapplied: Of(-Balance(ChartOfAccounts.Unapplied)),
            PlatformFee: Of(-Balance(ChartOfAccounts.PlatformFee)),
            Payable: Of(-SettlementAccounts.Payable.Sum(Balance)),
            Overdue: AgeingBucket.Of(late.Where(l => l.Currency == code).Select(l => (l.DueOn, l.OpenMinor, l.Count)), currency, today));
    }
}
