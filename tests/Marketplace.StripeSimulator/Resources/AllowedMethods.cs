using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

/// <summary>Which payment methods a payment can be made with: what is asked for and does not fit is dropped without a word.</summary>
internal static class AllowedMethods
{
    private static readonly Dictionary<string, string[]> OnlyIn = new()
    {
        ["alipay"] = ["aud", "cad", "cny", "eur", "gbp", "hkd", "jpy", "myr", "nzd", "sgd", "usd"],
        ["wechat_pay"] = ["aud", "cad", "chf", "cny", "dkk", "eur", "gbp", "hkd", "jpy", "nok", "sek", "sgd", "usd"],
        ["sepa_debit"] = ["eur"],
        ["us_bank_account"] = ["usd"],
        ["customer_balance"] = ["eur", "gbp", "jpy", "mxn", "usd"],
    };

    private static readonly string[] CannotBeKept = ["alipay", "wechat_pay", "customer_balance"];

    /// <param name="currency">None for a setup.</param>
    /// <param name="forLater">They shall serve payments in the absence of the customer.</param>
    /// <exception cref="StripeError">Nothing is left.</exception>
    public static IReadOnlyList<string> Of(Parameters asked, StripeOptions options, string? currency, bool forLater)
    {
        var excluded = asked.Texts("excluded_payment_method_types") ?? [];
        string[] left =
        [
            .. (asked.Texts("allowed_payment_method_types") ?? options.PaymentMethodTypes).Where(t =>
                options.PaymentMethodTypes.Contains(t) && !excluded.Contains(t)
                && (currency is null || !OnlyIn.TryGetValue(t, out var only) || only.Contains(currency))
                && !(forLater && CannotBeKept.Contains(t))),
        ];
        return left.Length > 0 ? left : throw StripeError.Invalid(
            "No valid payment method types for this Payment Intent. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard.",
            "allowed_payment_method_types");
    }
}
