using System.Globalization;
using Marketplace.Application.Banking;
using Marketplace.Domain;

namespace Marketplace.Payments.Bank;

/// <summary>Sums in files of banks: a decimal number, and a currency beside it.</summary>
internal static class AmountText
{
    private const int MostCharacters = 24; // fewer than a decimal holds exactly, and more than any sum has

    /// <param name="text">With a point for the decimals, and nothing for the thousands.</param>
    /// <param name="place">Name of the element or column, for the refusal.</param>
    public static Money Read(string text, Currency currency, int line, string place)
    {
        var typed = text.Trim();
        if (typed.Length > MostCharacters || !decimal.TryParse(typed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major))
        {
            throw StatementRefusedException.At(line, "statement-amount-malformed", "金额不是数字。", "The amount is no number.", place, Begin(typed));
        }

        for (var i = 0; i < currency.Exponent; i++)
        {
            major = Math.Abs(major) < decimal.MaxValue / 10 ? major * 10 : throw TooFine(currency, line, place, typed);
        }

        return major == decimal.Truncate(major) && Math.Abs(major) <= long.MaxValue
            ? new Money((long)major, currency)
            : throw TooFine(currency, line, place, typed);
    }

    /// <summary>Short enough to be quoted.</summary>
    public static string Begin(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    private static StatementRefusedException TooFine(Currency currency, int line, string place, string typed) => StatementRefusedException.At(
        line, "statement-amount-not-representable", $"金额过大，或小数位多于 {currency} 所允许的 {currency.Exponent} 位。",
        $"The amount is too large, or has more than the {currency.Exponent} decimals of {currency}.", place, Begin(typed));
}
