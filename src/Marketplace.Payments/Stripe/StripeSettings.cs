using System.Net;
using Marketplace.Application.Payments;

namespace Marketplace.Payments.Stripe;

/// <summary>How this host reaches Stripe. Its text form shows no secret.</summary>
/// <param name="SecretKey"><c>sk_…</c> or <c>rk_…</c>.</param>
/// <param name="WebhookSecrets">Each may sign: two while one replaces the other.</param>
/// <param name="ApiBase">Stripe's own; another only on the loopback interface.</param>
/// <param name="MethodTypes">In Stripe's words, what a payment page is to offer.</param>
/// <param name="ReturnTo">Where Stripe's pages send people back to: this site.</param>
public sealed record StripeSettings(string SecretKey, IReadOnlyList<string> WebhookSecrets, Uri ApiBase, IReadOnlyList<string> MethodTypes, Uri ReturnTo)
{
    public const string ProviderName = "stripe";

    public static readonly Uri StripesOwn = new("https://api.stripe.com");

    public static readonly IReadOnlyList<string> UsualMethodTypes = ["card", "alipay", "wechat_pay"];

    /// <summary>Notices of the other mode are not for us.</summary>
    public bool IsLive => SecretKey.Contains("_live_", StringComparison.Ordinal);

    /// <exception cref="PaymentSettingsException">A setting cannot be used; the sentence says which, and never shows it.</exception>
    public static StripeSettings Of(string secretKey, IReadOnlyList<string> webhookSecrets, Uri? apiBase, IReadOnlyList<string>? methodTypes, Uri returnTo)
    {
        var settings = new StripeSettings(secretKey.Trim(), webhookSecrets, apiBase ?? StripesOwn, methodTypes is { Count: > 0 } ? methodTypes : UsualMethodTypes, returnTo);
        return settings switch
        {
            { SecretKey: var key } when !key.StartsWith("sk_", StringComparison.Ordinal) && !key.StartsWith("rk_", StringComparison.Ordinal) =>
                throw new PaymentSettingsException("Payments:Stripe:SecretKey", "应以 sk_ 或 rk_ 开头。", "must begin with sk_ or rk_."),
            { WebhookSecrets: var secrets } when secrets.Count == 0 || secrets.Any(s => !s.StartsWith("whsec_", StringComparison.Ordinal)) =>
                throw new PaymentSettingsException("Payments:Stripe:WebhookSecrets", "须至少有一个以 whsec_ 开头的密钥。", "must be one or more secrets that begin with whsec_."),
            { ApiBase: var api } when api != StripesOwn && !IsLoopback(api) =>
                throw new PaymentSettingsException("Payments:Stripe:ApiBase", "只能指向本机回环地址。", "may only name the loopback interface."),
            _ => settings,
        };
    }

    public override string ToString() => $"Stripe ({(IsLive ? "live" : "test")} mode, {ApiBase.Host})";

    private static bool IsLoopback(Uri address) =>
        address.IsAbsoluteUri && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
