using System.Collections.Frozen;
using Marketplace.Domain;

namespace Marketplace.Payments.Stripe;

/// <summary>
/// Sums as Stripe writes them: not always in the minor unit of ISO 4217. Source: docs.stripe.com/currencies (zero-decimal, three-decimal and
/// special currencies).
/// </summary>
internal static class StripeAmount
{
    /// <summary>Decimal digits where Stripe's differ from those of ISO 4217.</summary>
    private static readonly FrozenDictionary<string, int> Decimals = new Dictionary<string, int>
    {
        ["ISK"] = 2, // without decimals, and written with two that must be zeros
        ["UGX"] = 2, // the same
        ["MGA"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Three-decimal currencies take no last digit but zero.</summary>
    private const int CoarseThreeDecimals = 10;

    public static string CodeOf(Currency currency) => currency.Code.ToLowerInvariant();

    /// <summary>As Stripe takes it; null when Stripe cannot move such a sum.</summary>
    public static long? Of(Money money)
    {
        var stripes = Decimals.GetValueOrDefault(money.Currency.Code, money.Currency.Exponent);
        if (money.Currency.Exponent == 3 && money.AmountMinor % CoarseThreeDecimals != 0)
        {
            return null;
        }

        var shift = stripes - money.Currency.Exponent;
        var factor = (long)Math.Pow(10, Math.Abs(shift));
        return shift >= 0 ? checked(money.AmountMinor * factor) : money.AmountMinor % factor == 0 ? money.AmountMinor / factor : null;
    }

    /// <summary>What Stripe says of a sum.</summary>
    /// <exception cref="InvalidOperationException">It names no currency that we know, or a part of a minor unit: money is never guessed.</exception>
    public static Money Back(long amount, string code)
    {
        var currency = Currency.Parse(code, "currency") is { Refusal: null, Value: var known } ? known : throw new InvalidOperationException($"Stripe names a currency {code}.");
        var shift = currency.Exponent - Decimals.GetValueOrDefault(currency.Code, currency.Exponent);
        var factor = (long)Math.Pow(10, Math.Abs(shift));
        return new Money(
            shift >= 0 ? checked(amount * factor)
            : amount % factor == 0 ? amount / factor
            : throw new InvalidOperationException($"Stripe says {amount} {code}, which is a part of a minor unit."),
            currency);
    }
}
