using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Desks;

/// <summary>What a broker has of its agreements, and is to have.</summary>
/// <param name="Sums">Of all its agreements, by currency in which a lab has received anything.</param>
/// <param name="Shares">Of each that is not over.</param>
/// <param name="HasAccount">It has said on which account it wants to be paid, and nobody has rejected or closed it.</param>
public sealed record DeskCommission(IReadOnlyList<CommissionSums> Sums, IReadOnlyList<CommissionShare> Shares, bool HasAccount)
{
    private sealed record Moved(string Currency, IntentKind Kind, bool IsOpen, long AskedMinor, long MovedMinor);

    internal static async Task<DeskCommission> Read(
        MarketplaceReads database, IQueryable<AgreementRow> agreements, string own, IReadOnlyList<(DeskAgreement About, Agreement State)> live, CancellationToken cancel)
    {
        var payable = await agreements
            .Join(database.Of<AccountBalanceRow>().Where(b => b.Account == ChartOfAccounts.BrokerPayable), a => a.Agreement, b => b.Agreement, (a, b) => b)
            .GroupBy(b => b.Currency)
            .Select(g => new { Currency = g.Key, Minor = g.Sum(b => b.BalanceMinor) })
            .ToDictionaryAsync(g => g.Currency, g => -g.Minor, cancel);
        var moved = await agreements
            .Join(database.Of<PaymentIntentRow>().Where(i => i.Payee == PaymentIntent.Broker), a => a.Agreement, i => i.Agreement, (a, i) => i)
            .GroupBy(i => new { i.Currency, i.Kind, IsOpen = i.NextLookAtUtc != null })
            .Select(g => new Moved(g.Key.Currency, g.Key.Kind, g.Key.IsOpen, g.Sum(i => i.AmountMinor), g.Sum(i => i.MovedMinor)))
            .ToListAsync(cancel);
        return new DeskCommission(
            [
                .. payable.Keys.Union(moved.Select(m => m.Currency)).Order(StringComparer.Ordinal).Select(code =>
                {
                    var (currency, ofCurrency) = (Domain.Currency.Parse(code).Value, moved.Where(m => m.Currency == code).ToList());
                    return new CommissionSums(
                        new Money(payable.GetValueOrDefault(code), currency),
                        new Money(ofCurrency.Where(m => m is { Kind: IntentKind.Payout, IsOpen: true }).Sum(m => m.AskedMinor - m.MovedMinor), currency),
                        new Money(ofCurrency.Sum(m => m.Kind == IntentKind.Payout ? m.MovedMinor : -m.MovedMinor), currency));
                }),
            ],
            [.. live.Select(a => CommissionShare.Of(a.About, a.State)).OfType<CommissionShare>()],
            await database.Of<PayoutAccountRow>().AnyAsync(a => a.Organisation == own && (a.Status == PayoutAccountStatus.Registered || a.Status == PayoutAccountStatus.Verified), cancel));
    }
}

/// <param name="Payable">Of what labs have received, and not ordered yet.</param>
/// <param name="OnItsWay">Ordered, and not known to have arrived.</param>
/// <param name="PaidOut">Has arrived, less what came back.</param>
public sealed record CommissionSums(Money Payable, Money OnItsWay, Money PaidOut);

/// <param name="SharePpm">Of what the lab receives after the platform's fee.</param>
/// <param name="Expected">Of what is open and not contested, if it is paid.</param>
/// <param name="Received">Of what was paid, whether it has been paid out or not.</param>
public sealed record CommissionShare(DeskAgreement About, long SharePpm, Money Expected, Money Received)
{
    /// <summary>Null: it has no broker.</summary>
    internal static CommissionShare? Of(DeskAgreement about, Agreement a)
    {
        if (ThirdParty.Of(a.Terms) is not { Role: ThirdPartyRole.Broker, SharePpm: var sharePpm })
        {
            return null;
        }

        var open = new Money(a.Obligations.Sum(o => o.EnforceableMinor), a.Terms.Currency);
        return new CommissionShare(
            about, sharePpm, (open - open.Times(a.Terms.PlatformFeePpm)).Times(sharePpm), open with { AmountMinor = a.Receipts.Where(r => r.Amount.Currency == a.Terms.Currency).Sum(r => r.BrokerMinor) });
    }
}
