using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

public static class PayeeWords
{
    /// <summary>Which way a payment goes, and to whom.</summary>
    /// <param name="payee">As in <see cref="PaymentIntent.Payee"/>.</param>
    /// <param name="obligation">Of a collection.</param>
    public static string Movement(Reader r, IntentKind kind, string? payee, int? obligation) => kind switch
    {
        IntentKind.Collection => r.T($"代扣第 {obligation} 笔", $"Collection for sum {obligation}"),
        IntentKind.Payout when payee == "lab" => r.T("向院所付款", "Payout to the laboratory"),
        IntentKind.Payout when payee == "broker" => r.T("向技术经理人付款", "Payout to the broker"),
        IntentKind.Payout => r.T($"向完成人 {payee?.Split(':')[^1]} 付款", $"Payout to inventor {payee?.Split(':')[^1]}"),
        IntentKind.Refund when payee == "guarantor" => r.T("向担保人退款", "Refund to the guarantor"),
        IntentKind.Refund => r.T("向企业退款", "Refund to the company"),
    };
}
