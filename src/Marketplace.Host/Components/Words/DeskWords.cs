using Marketplace.Application.Agreements;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

/// <summary>What first screens and the settlement room call their numbers.</summary>
public static class DeskWords
{
    public static BilingualText Of(SettlementFigure figure) => figure switch
    {
        SettlementFigure.Receivable => new("应收未收", "Receivable"),
        SettlementFigure.Received => new("已收款", "Received"),
        SettlementFigure.PaidOut => new("已付院所、完成人和经理人", "Paid out to labs, inventors and brokers"),
        SettlementFigure.Payable => new("待付院所、完成人和经理人", "Payable to labs, inventors and brokers"),
        SettlementFigure.Refunded => new("已退企业", "Refunded to companies"),
        SettlementFigure.Unapplied => new("未分配收款", "Unapplied cash"),
        SettlementFigure.PlatformFee => new("平台服务费", "Platform fee"),
    };

    /// <summary>What a figure is made of.</summary>
    public static BilingualText Of(FigurePart part) => part switch
    {
        { Account: { } account } => AccountWords.Of(account),
        { Kind: IntentKind.Payout } => new("已确认的付款", "Payouts that have moved"),
        { Kind: IntentKind.Refund } => new("已确认的退款", "Refunds that have moved"),
        { Kind: IntentKind.Recovery } => new("减：已追回的付款", "Less: payouts that were recovered"),
        _ => new("被银行或持卡人收回", "Taken back by banks or cardholders"),
    };

    /// <summary><c>1–14 天</c>.</summary>
    public static string Age(Reader r, AgeingBucket bucket) => bucket.ToDays is { } to
        ? r.T($"{bucket.FromDays}–{to} 天", $"{bucket.FromDays}–{to} days")
        : r.T($"{bucket.FromDays} 天及以上", $"{bucket.FromDays} days and more");

    /// <summary><c>2026-03</c>.</summary>
    public static string Month(DateOnly month) => month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="purpose">See <see cref="DueWork"/>.</param>
    public static BilingualText Work(string purpose) => purpose switch
    {
        DueWork.Obligations => new("款项、报告与催收", "Sums, reports and enforcement"),
        DueWork.Trial => new("试用与协商期限", "Deadlines of trials and negotiations"),
        DueWork.Notice => new("公示期满", "Ends of public notices"),
        DueWork.Intent => new("查询支付结果", "Asking what became of payments"),
        DueWork.Statement => new("导入银行对账单", "Importing bank statements"),
        DueWork.BankLine => new("匹配银行流水", "Matching bank bookings"),
        DueWork.PaymentBatch => new("生成付款文件", "Making payment files"),
        DueWork.Notices => new("处理支付渠道通知", "Working off notices of providers"),
        _ => throw new InvalidOperationException($"Nothing is due for {purpose}."),
    };
}
