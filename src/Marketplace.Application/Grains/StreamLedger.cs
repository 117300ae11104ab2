using System.Collections.Immutable;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;

namespace Marketplace.Application.Grains;

/// <summary>Balances of one stream's accounts, carried along so that every posting states the balance after it.</summary>
/// <param name="BalancesMinor">By <c>account currency</c>, in minor units.</param>
public sealed record StreamLedger(ImmutableSortedDictionary<string, long> BalancesMinor)
{
    public static readonly StreamLedger Empty = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    /// <summary>The postings of one event's entries, which balance by construction, and the balances after them.</summary>
    public (StreamLedger After, IReadOnlyList<Posting> Postings) Post(IEnumerable<Entry> entries)
    {
        var balances = BalancesMinor.ToBuilder();
        var postings = new List<Posting>();
        var ordinal = 0;
        foreach (var entry in entries)
        {
            foreach (var (account, amountMinor) in entry.Legs)
            {
                var key = $"{account} {entry.Currency.Code}";
                var afterMinor = checked(balances.GetValueOrDefault(key) + amountMinor);
                balances[key] = afterMinor;
                postings.Add(new Posting(ordinal, account, entry.Currency.Code, amountMinor, afterMinor));
            }

            ordinal++;
        }

        return postings.Count == 0 ? (this, []) : (new StreamLedger(balances.ToImmutable()), postings);
    }
}
