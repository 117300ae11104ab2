using System.Collections.Immutable;
using Marketplace.Journal;

namespace Marketplace.Application.Grains;

/// <summary>One leg of a double entry that an event causes. Debits are positive, credits negative.</summary>
/// <param name="Entry">Ordinal of the entry within the event, from 0; the legs of one entry sum to zero per currency.</param>
/// <param name="Account">Account code with its detail, e.g. <c>inventor.payable:inv_1</c>.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record Leg(int Entry, string Account, string Currency, long AmountMinor);

/// <summary>Balances of one stream's accounts, carried along so that every posting states the balance after it.</summary>
/// <param name="BalancesMinor">By <c>account currency</c>, in minor units.</param>
public sealed record StreamLedger(ImmutableSortedDictionary<string, long> BalancesMinor)
{
    public static readonly StreamLedger Empty = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    /// <summary>The postings of one event's legs, and the balances after them.</summary>
    /// <exception cref="InvalidOperationException">A leg is zero or an entry does not balance: a bug in the aggregate, so nothing is written.</exception>
    public (StreamLedger After, IReadOnlyList<Posting> Postings) Post(IReadOnlyList<Leg> legs)
    {
        if (legs.Count == 0)
        {
            return (this, []);
        }

        var unbalanced = legs.GroupBy(l => (l.Entry, l.Currency)).FirstOrDefault(e => e.Any(l => l.AmountMinor == 0) || Sum(e) != 0);
        if (unbalanced is not null)
        {
            throw new InvalidOperationException($"Entry {unbalanced.Key} does not balance: {string.Join(", ", unbalanced)}");
        }

        var balances = BalancesMinor.ToBuilder();
        var postings = new Posting[legs.Count];
        for (var i = 0; i < legs.Count; i++)
        {
            var (entry, account, currency, amountMinor) = legs[i];
            var key = $"{account} {currency}";
            var afterMinor = checked(balances.GetValueOrDefault(key) + amountMinor);
            balances[key] = afterMinor;
            postings[i] = new Posting(entry, account, currency, amountMinor, afterMinor);
        }

        return (new StreamLedger(balances.ToImmutable()), postings);
    }

    private static long Sum(IEnumerable<Leg> legs) => legs.Aggregate(0L, (sum, leg) => checked(sum + leg.AmountMinor));
}
