namespace Marketplace.StripeSimulation.Resources;

/// <summary>How a payment method behaves, as Stripe's test tokens name it. Source: docs.stripe.com/testing.</summary>
internal sealed record TestMethod(string Type, string Brand = "visa")
{
    public static TestMethod Visa { get; } = new("card");

    public static IReadOnlyDictionary<string, TestMethod> Tokens { get; } = new Dictionary<string, TestMethod>
    {
        ["pm_card_visa"] = Visa,
        ["pm_card_mastercard"] = new("card", "mastercard"),
        ["pm_card_unionpay"] = new("card", "unionpay"),
        ["pm_card_bypassPending"] = new("card") { FundsAtOnce = true },
        ["pm_card_chargeDeclined"] = new("card") { Decline = Decline.Generic, DeclinesWhenStored = true },
        ["pm_card_visa_chargeDeclined"] = new("card") { Decline = Decline.Generic, DeclinesWhenStored = true },
        ["pm_card_visa_chargeDeclinedInsufficientFunds"] = new("card") { Decline = Decline.InsufficientFunds, DeclinesWhenStored = true },
        ["pm_card_visa_chargeDeclinedLostCard"] = new("card") { Decline = Decline.LostCard, DeclinesWhenStored = true },
        ["pm_card_chargeDeclinedExpiredCard"] = new("card") { Decline = Decline.ExpiredCard, DeclinesWhenStored = true },
        ["pm_card_chargeDeclinedProcessingError"] = new("card") { Decline = Decline.ProcessingError, DeclinesWhenStored = true },
        // Can be stored, and is declined when it is charged.
        ["pm_card_chargeCustomerFail"] = new("card") { Decline = Decline.Generic },
        ["pm_card_authenticationRequired"] = new("card") { Authentication = Authentication.Always },
        // Asks once; set up for later payments, it asks no more.
        ["pm_card_authenticationRequiredOnSetup"] = new("card") { Authentication = Authentication.UnlessSetUp },
        ["pm_card_authenticationRequiredSetupForOffSession"] = new("card") { Authentication = Authentication.UnlessOffSession },
        ["pm_card_createDispute"] = new("card") { Disputes = true },
        ["pm_card_pendingRefund"] = new("card") { RefundsAre = "pending" },
        ["pm_card_refundFail"] = new("card") { RefundsAre = "failed" },
        // Not Stripe's names: there, these methods have no token and come with payment_method_data.
        ["pm_alipay"] = new("alipay") { Authentication = Authentication.Redirect, IsSingleUse = true },
        ["pm_wechat_pay"] = new("wechat_pay") { Authentication = Authentication.QrCode, IsSingleUse = true },
        ["pm_sepa_debit"] = new("sepa_debit") { IsSlow = true },
        ["pm_us_bank_account"] = new("us_bank_account") { IsSlow = true },
    };

    public Decline? Decline { get; init; }

    public bool DeclinesWhenStored { get; init; }

    public Authentication Authentication { get; init; }

    public bool Disputes { get; init; }

    /// <summary>Its money is available at once.</summary>
    public bool FundsAtOnce { get; init; }

    /// <summary>Stays processing until the bank answers days later.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Cannot be stored for another payment.</summary>
    public bool IsSingleUse { get; init; }

    /// <summary>Status of its refunds: succeeded, pending, or failed later.</summary>
    public string RefundsAre { get; init; } = "succeeded";
}

/// <summary>When somebody must do something before money moves.</summary>
internal enum Authentication
{
    None,
    Always,
    UnlessSetUp,
    UnlessOffSession,
    Redirect,
    QrCode,
}
