using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

public static class PayeeWords
{
    /// <summary>Which way a payment goes, and to whom.</summary>
    /// <param name="payee">As in <see cref="PaymentIntent.Payee"/>.</param>
    /// <param name="obligation">Of a collection.</param>
    /// <param name="bundle">Of a collection for several.</param>
    public static string Movement(Reader r, IntentKind kind, string? payee, int? obligation, IReadOnlyList<int>? bundle = null) => kind switch
    {
        IntentKind.Collection when bundle is not null => r.T($"收取第 {string.Join("、", bundle)} 笔", $"Collection for sums {string.Join(", ", bundle)}"),
        IntentKind.Collection => r.T($"收取第 {obligation} 笔", $"Collection for sum {obligation}"),
        IntentKind.Payout when payee == "lab" => r.T("向院所付款", "Payout to the laboratory"),
        IntentKind.Payout when payee == PaymentIntent.Broker => r.T("向技术经理人付款", "Payout to the broker"),
        IntentKind.Payout => r.T($"向完成人 {payee?.Split(':')[^1]} 付款", $"Payout to inventor {payee?.Split(':')[^1]}"),
        IntentKind.Refund when payee == "guarantor" => r.T("向担保人退款", "Refund to the guarantor"),
        IntentKind.Refund => r.T("向企业退款", "Refund to the company"),
        IntentKind.Recovery when payee == "lab" => r.T("向院所追回", "Recovery from the laboratory"),
        IntentKind.Recovery when payee == PaymentIntent.Broker => r.T("向技术经理人追回", "Recovery from the broker"),
        IntentKind.Recovery => r.T($"向完成人 {payee?.Split(':')[^1]} 追回", $"Recovery from inventor {payee?.Split(':')[^1]}"),
    };
}
