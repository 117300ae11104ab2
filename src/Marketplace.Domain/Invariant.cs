namespace Marketplace.Domain;

/// <summary>Something that must never be, and is.</summary>
/// <param name="Invariant">1–24, see <see cref="Domain.Invariant"/>.</param>
/// <param name="What">In a few words of English, with the numbers.</param>
public sealed record BrokenInvariant(int Invariant, string What);

/// <summary>What must always be true of the whole marketplace. Numbers are stable: logs and scripts refer to them.</summary>
public static class Invariant
{
    public const int Balanced = 1;
    public const int ZeroSum = 2;
    public const int BalanceIsSumOfLegs = 3;
    public const int ChainHolds = 4;
    public const int OneOutcomePerCommand = 5;
    public const int OneEffectPerTransition = 6;
    public const int AllocatedAtMostDue = 7;
    public const int MoneyIsSomewhere = 8;
    public const int PaidOutIsCovered = 9;
    public const int RefundedAtMostCaptured = 10;
    public const int PartsSumToTheWhole = 11;
    public const int OneDocumentSigned = 12;
    public const int OnlyAllowedTransitions = 13;
    public const int EnforcedOnlyWhenDue = 14;
    public const int DueIsActedUpon = 15;
    public const int IntentBeforeEffect = 16;
    public const int UnknownIsLookedUp = 17;
    public const int CashAgreesWithProvider = 18;
    public const int EachItsOwn = 19;
    public const int RightsPromisedOnce = 20;
    public const int DeferredWithinLimit = 21;
    public const int CoverWithinCapacity = 22;
    public const int FilesAreThere = 23;
    public const int ClosedMonthStays = 24;

    /// <summary>Their names, number n at index n − 1.</summary>
    public static readonly IReadOnlyList<BilingualText> Names =
    [
        new("每笔分录按币种平衡", "each entry balances per currency"),
        new("每种币的余额合计为零", "all balances of a currency sum to zero"),
        new("余额等于分录之和，分录与事件相符", "a stored balance is the sum of its legs, and the legs are what the event says"),
        new("哈希链完整，版本无缺口", "hash chains hold and versions have no gap"),
        new("一个命令编号只有一个结果", "one command id has one outcome"),
        new("同一外部效果只记一次", "one external effect is recorded once"),
        new("0 ≤ 已冲抵 ≤ 应付，结清即全额冲抵", "0 ≤ allocated ≤ due, and paid means all of it"),
        new("收款 = 已冲抵 + 未分配 + 已退款 + 已被收回", "received = allocated + unapplied + refunded + taken back"),
        new("付出不超过已收净额", "paid out is covered by what was collected"),
        new("退款不超过收款", "refunded is at most what was received"),
        new("各部分合计等于总额，提成周期连续不重叠", "parts sum to the whole; royalty periods touch and never overlap"),
        new("各方签署同一文件", "every party signed the same document"),
        new("只有允许的状态变化", "only allowed transitions"),
        new("到期未付才强制执行", "enforced only when due and unpaid"),
        new("到期事项已处理", "what is due is acted upon in time"),
        new("外部动作之前已有记录的意图", "every external effect has an earlier intent"),
        new("未知支付结果及时查询", "no unknown payment outcome is left unasked"),
        new("现金与支付机构一致", "cash agrees with the payment provider"),
        new("每行归属正确的机构，并与事件一致", "every row belongs to its organisation and says what the events say"),
        new("同一权利不重复许诺", "no right is promised to two"),
        new("延付总额不超过企业额度", "what a company defers is within its limit at every signature"),
        new("担保责任不超过担保能力", "what a guarantor covers is within its capacity"),
        new("所登记的文件齐全且未被改动", "every file that a record names is there, and unaltered"),
        new("已结账月份与结账时一致", "a closed month stays as it was closed"),
    ];
}
