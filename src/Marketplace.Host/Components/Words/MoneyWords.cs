using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

/// <summary>What pages about paying say.</summary>
public static class MoneyWords
{
    /// <summary>Why a payment moved nothing, or less than it should, and what can be done; whatever a provider says, something is said.</summary>
    /// <param name="reason">As in <see cref="PaymentIntent.Reason"/>.</param>
    public static BilingualText WhyNot(string? reason) => reason switch
    {
        "insufficient_funds" => new("账户余额不足。请充值后再付，或换一种付款方式。", "There was not enough money on the account. Pay again once there is, or in another way."),
        "card_declined" or "generic_decline" or "do_not_honor" or "sandbox-declined" => new(
            "付款被拒绝。请向发卡行或开户行了解原因，或换一种付款方式。", "The payment was declined. Ask the bank for the reason, or pay in another way."),
        "expired_card" => new("银行卡已过期。请换一张卡，或换一种付款方式。", "The card has expired. Use another one, or pay in another way."),
        "authentication_required" => new(
            "银行要求持卡人当面验证，自动扣款无法完成。请在支付页面上付款。", "The bank wants the holder of the card to confirm it, which nobody could. Pay on a page of the provider."),
        "payment-method-gone" => new("保存的付款方式已失效。请在支付设置中重新登记。", "The saved way to pay is gone. Leave another one in the payment settings."),
        "expired" => new("支付页面已过期，分文未动。请重新付款。", "The payment page has expired, and nothing moved. Pay again."),
        not null when reason.StartsWith("withdrawn", StringComparison.Ordinal) => new("付款已撤回，分文未动。", "The payment was withdrawn, and nothing moved."),
        null or "" => new("支付渠道没有说明原因。请重新付款，或换一种付款方式。", "The provider has not said why. Pay again, or in another way."),
        _ => new($"支付渠道说明的原因：{reason}。请重新付款，或换一种付款方式。", $"The provider's reason: {reason}. Pay again, or in another way."),
    };

    public static BilingualText Of(PayeeStanding standing) => standing switch
    {
        PayeeStanding.Unknown => new("尚未登记", "Not known yet"),
        PayeeStanding.Barred => new("暂不能收款：资料不全、审核中或账户已关闭，详见支付渠道的页面", "Cannot be paid yet: papers are missing or being looked at, or the account was closed; the provider’s page says which"),
        PayeeStanding.Cleared => new("可以收款", "Can be paid"),
    };

    public static BilingualText Of(ReversalStatus status) => status switch
    {
        ReversalStatus.Held => new("拒付争议中，资金冻结", "Held in a chargeback"),
        ReversalStatus.Released => new("拒付争议胜诉，已解冻", "Chargeback won, released"),
        ReversalStatus.TakenBack => new("已收回", "Taken back"),
    };

    /// <summary>The last four characters only: enough to know one's own account by.</summary>
    public static string Masked(string number) => Ending(number.Length <= 4 ? "" : number[^4..]);

    /// <summary>An account of which nothing else is known.</summary>
    public static string Ending(string characters) => $"•••• {characters}".TrimEnd();
}
