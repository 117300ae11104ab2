namespace Marketplace.Domain.Ledger;

/// <summary>One double entry: at least two legs of one currency that sum to zero, none of them zero.</summary>
public sealed record Entry
{
    private Entry(Currency currency, IReadOnlyList<Leg> legs) => (Currency, Legs) = (currency, legs);

    public Currency Currency { get; }

    public IReadOnlyList<Leg> Legs { get; }

    /// <summary>The entry of these legs. Legs of zero are left out; when nothing remains there is no entry.</summary>
    /// <exception cref="UnbalancedEntryException">The legs do not sum to zero: a bug in a posting rule.</exception>
    public static IEnumerable<Entry> Of(Currency currency, params Leg[] legs)
    {
        long sum = 0;
        foreach (var leg in legs)
        {
            sum = checked(sum + leg.AmountMinor);
        }

        if (sum != 0)
        {
            throw new UnbalancedEntryException($"Legs sum to {sum} {currency.Code}: {string.Join(", ", legs.Select(l => $"{l.Account} {l.AmountMinor}"))}");
        }

        var moving = legs.Where(l => l.AmountMinor != 0).ToArray();
        return moving.Length == 0 ? [] : [new Entry(currency, moving)];
    }

    public static Leg Debit(string account, long amountMinor) => new(account, amountMinor);

    public static Leg Credit(string account, long amountMinor) => new(account, checked(-amountMinor));
}

/// <param name="AmountMinor">Debit positive, credit negative.</param>
public sealed record Leg(string Account, long AmountMinor);

public sealed class UnbalancedEntryException(string message) : Exception(message);
