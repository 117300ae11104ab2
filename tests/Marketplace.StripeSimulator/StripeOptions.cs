namespace Marketplace.StripeSimulation;

/// <summary>What the simulated account is like.</summary>
public sealed record StripeOptions
{
    public string ApiKey { get; init; } = "sk_test_simulator";

    /// <summary>The platform's own account.</summary>
    public string Account { get; init; } = "acct_simulator00000001";

    public string Country { get; init; } = "HK";

    public string DefaultCurrency { get; init; } = "hkd";

    /// <summary>Signing secrets of endpoints that are registered without one.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; init; } = ["whsec_simulator"];

    /// <summary>Share of a charge that Stripe keeps, in millionths.</summary>
    public long FeeRatePpm { get; init; } = 29_000;

    /// <summary>Added to each charge's fee, in minor units of whatever currency.</summary>
    public long FixedFeeMinor { get; init; } = 30;

    /// <summary>Taken with each dispute and not given back.</summary>
    public long DisputeFeeMinor { get; init; } = 1_500;

    /// <summary>How long after a charge its money can be transferred without naming the charge, or be paid out.</summary>
    public TimeSpan FundsAvailableAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>
    /// How long a charge shows no balance transaction (capture_method automatic_async, Stripe's default): its own balance transaction is there
    /// and counts, the charge names it later and says so with charge.updated.
    /// </summary>
    public TimeSpan BalanceTransactionAfter { get; init; }

    /// <summary>Active in the Dashboard. Others are silently dropped from what a payment allows.</summary>
    public IReadOnlyList<string> PaymentMethodTypes { get; init; } = ["card", "alipay", "wechat_pay", "sepa_debit", "us_bank_account"];

    /// <summary>Where a connected account has less than a reversal takes back: go negative, or refuse with balance_insufficient, as Stripe does.</summary>
    public bool ConnectedAccountsMayOwe { get; init; }
}
