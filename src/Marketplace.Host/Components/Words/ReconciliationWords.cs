using Marketplace.Domain;
using Marketplace.Domain.Payments;

namespace Marketplace.Host.Components.Words;

public static class ReconciliationWords
{
    public static BilingualText Of(DifferenceKind kind) => kind switch
    {
        DifferenceKind.InFlight => new("在途：渠道已划转，本站尚未了结", "In flight: moved there, not concluded here"),
        DifferenceKind.NotAtProvider => new("本站已入账，对方账单没有", "On our books, and no line there shows it"),
        DifferenceKind.NotInLedger => new("对方账单已有，本站未入账", "A line there shows it, and our books do not"),
        DifferenceKind.AmountDiffers => new("双方金额不一致", "Both have it, with other amounts"),
        DifferenceKind.OfNoPayment => new("不属于任何一笔支付", "Of no payment of ours"),
        DifferenceKind.Balance => new("账单合计与对方余额不符", "The lines do not sum to the balance there"),
    };

    /// <summary>The bank, or a provider's own name.</summary>
    public static string Provider(Reader r, string name) => name == "bank" ? r.T("银行", "Bank") : name;
}
