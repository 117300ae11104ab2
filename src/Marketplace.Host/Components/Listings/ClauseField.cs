using System.Text.Json;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Components.Listings;

/// <summary>One member of a payment clause, as a field.</summary>
/// <param name="Name">Of the member in JSON.</param>
public sealed record ClauseField(string Name, ClauseFieldType Type, BilingualText Label)
{
    /// <summary>Empty sets of a list beside those that there are.</summary>
    public const int SpareRows = 2;

    /// <summary>What each kind of clause has, in the order of its members.</summary>
    private static readonly Dictionary<PaymentModel, IReadOnlyList<ClauseField>> Kinds = new()
    {
        [PaymentModel.DeferredLumpSum] =
        [
            Amount, Months("monthsAfterEffect", "生效后付款时间", "Time from effect to payment"),
            Choice<PayDateRule>("payDate", "与产生收入之时相比", "Compared with when income arises", Names.Of),
        ],
        [PaymentModel.Instalments] =
        [
            Money("totalMinor", "总额", "Total"),
            Rows("parts", "各期", "Parts", new("各期合计须为 100%，由早到晚。", "Together 100 %, from early to late."), Months("monthsAfterConversion", "转化后付款时间", "Time from conversion"), Rate("weightPpm", "比例", "Part of the total")),
        ],
        [PaymentModel.Milestone] =
        [
            Choice<MilestoneKind>("event", "里程碑", "Milestone", Names.Of), Amount, DaysToPay,
            Money("cumulativeNetSalesMinor", "累计净销售额门槛", "Cumulative net sales to reach") with { IsOptional = true, Hint = new("仅用于累计净销售额达标。", "Of cumulative net sales only.") },
            Evidence,
        ],
        [PaymentModel.RunningRoyalty] = [RateOf("ratePpm")],
        [PaymentModel.TieredRoyalty] =
        [
            Rows("tiers", "各档", "Bands", new("第一档自 0 起，各档起点递增。", "The first band starts at 0, each of the others above the one before."), Money("fromMinor", "起点", "From"), RateOf("ratePpm")),
            Choice<TierMethod>("method", "分档计算方式", "How bands apply", Names.Of), Choice<TierBase>("base", "分档依据", "What bands count", Names.Of),
        ],
        [PaymentModel.MinimumAnnualRoyalty] = [Money("amountMinor", "每个合同年度最低金额", "Least of a contract year"), YesNo("isCreditable", "补足部分可抵扣以后年度的提成", "What is topped up is credited against later royalties")],
        [PaymentModel.ConditionalSum] = [Amount, DaysToPay, Words("condition", "付款条件", "Condition"), Evidence],
        [PaymentModel.EntryFee] = [Amount, Days("daysAfterConversion", "转化后付款期限", "Time to pay after conversion"), YesNo("isCreditable", "可抵扣以后的提成", "Credited against royalties")],
        [PaymentModel.SteppedRoyalty] = [RateOf("ratePpm", "第一个合同年度费率", "Rate of the first contract year"), Step],
        [PaymentModel.UnitRoyalty] = [new("unit", ClauseFieldType.Term, new("计量单位", "What is counted")), Money("amountPerUnitMinor", "每单位金额", "Amount for each")],
        [PaymentModel.ThresholdRoyalty] = [RateOf("ratePpm"), Money("yearlyFloorMinor", "合同年度净销售额起点", "Net sales of a contract year above")],
        [PaymentModel.IncrementShare] =
        [
            Choice<IncrementMeasure>("measure", "指标", "Measure", Names.Of), RateOf("ratePpm"),
            Money("baselineMinor", "一年的基数", "Baseline of a year") with { Hint = new("签署时锁定，可以为负。", "Frozen at signature; it may be negative.") },
        ],
        [PaymentModel.SublicenceShare] = [RateOf("ratePpm", "第一个合同年度费率", "Rate of the first contract year"), Step],
        [PaymentModel.StackingReduction] = [Rate("sharePpm", "第三方提成的抵减比例", "Part of third parties’ royalties that is deducted"), Rate("floorPpm", "每项提成至少保留", "Part of each royalty that always stays")],
        [PaymentModel.CumulativeCap] = [Money("amountMinor", "封顶金额", "Never more than")],
        [PaymentModel.BuyOut] =
        [
            Rows("prices", "买断价", "Prices", new("由早到晚；最后一档之后不能再买断。", "From early to late; after the last there is no buy-out any more."), Months("beforeMonth", "转化后期限", "Before, from conversion"), Money("amountMinor", "价格", "Price")),
            DaysToPay,
        ],
        [PaymentModel.EquityConversion] = [Amount, Rate("equityPpm", "股权占注册资本", "Equity of the registered capital"), DaysToPay, Words("event", "转股事件", "Event"), Evidence],
    };

    /// <summary>Every kind of clause.</summary>
    public static IReadOnlyList<PaymentModel> AllKinds { get; } = Enum.GetValues<PaymentModel>();

    public BilingualText? Hint { get; init; }

    /// <summary>Left empty, there is none.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Of a choice: as in JSON, and in words.</summary>
    public IReadOnlyList<(string Value, BilingualText Text)> Options { get; init; } = [];

    /// <summary>Of a list: what each of its items has.</summary>
    public IReadOnlyList<ClauseField> Columns { get; init; } = [];

    private static ClauseField Amount => Money("amountMinor", "金额", "Amount");

    private static ClauseField DaysToPay => Days("daysToPay", "付款期限", "Time to pay");

    private static ClauseField Evidence => Words("evidence", "以何种证据确认", "Evidence that confirms it");

    private static ClauseField Step => Rate("yearlyStepPpm", "此后每年调整", "Change of each year after") with { Hint = new("降低写负数，不变写 0。", "Negative when it falls, 0 when it stays.") };

    public static IReadOnlyList<ClauseField> Of(PaymentModel kind) => Kinds[kind];

    /// <summary>With the unit in which it is typed.</summary>
    public BilingualText LabelIn(Currency currency) => Type switch
    {
        ClauseFieldType.Money => new($"{Label.Zh}（{currency.Code}）", $"{Label.En} ({currency.Code})"),
        ClauseFieldType.Rate => new($"{Label.Zh}（%）", $"{Label.En} (%)"),
        ClauseFieldType.Months => new($"{Label.Zh}（月）", $"{Label.En} (months)"),
        ClauseFieldType.Days => new($"{Label.Zh}（天）", $"{Label.En} (days)"),
        ClauseFieldType.Term or ClauseFieldType.Words or ClauseFieldType.Choice or ClauseFieldType.YesNo or ClauseFieldType.Rows => Label,
    };

    private static ClauseField Money(string name, string zh, string en) => new(name, ClauseFieldType.Money, new(zh, en));

    private static ClauseField Rate(string name, string zh, string en) => new(name, ClauseFieldType.Rate, new(zh, en));

    private static ClauseField RateOf(string name, string zh = "费率", string en = "Rate") => Rate(name, zh, en);

    private static ClauseField Months(string name, string zh, string en) => new(name, ClauseFieldType.Months, new(zh, en));

    private static ClauseField Days(string name, string zh, string en) => new(name, ClauseFieldType.Days, new(zh, en));

    private static ClauseField Words(string name, string zh, string en) => new(name, ClauseFieldType.Words, new(zh, en));

    private static ClauseField YesNo(string name, string zh, string en) => new(name, ClauseFieldType.YesNo, new(zh, en)) { Options = [("false", new("否", "no")), ("true", new("是", "yes"))] };

    private static ClauseField Choice<T>(string name, string zh, string en, Func<T, BilingualText> words) where T : struct, Enum =>
        new(name, ClauseFieldType.Choice, new(zh, en)) { Options = [.. Enum.GetValues<T>().Select(v => (JsonNamingPolicy.CamelCase.ConvertName($"{v}"), words(v)))] };

    private static ClauseField Rows(string name, string zh, string en, BilingualText hint, params IReadOnlyList<ClauseField> columns) =>
        new(name, ClauseFieldType.Rows, new(zh, en)) { Hint = hint, Columns = columns };
}

public enum ClauseFieldType
{
    /// <summary>Minor units, typed with decimals.</summary>
    Money,

    /// <summary>Parts per million, typed as a percentage.</summary>
    Rate,
    Months,
    Days,

    /// <summary>A word or two.</summary>
    Term,

    /// <summary>Sentences.</summary>
    Words,
    Choice,
    YesNo,

    /// <summary>A list, a set of fields to each item.</summary>
    Rows,
}
