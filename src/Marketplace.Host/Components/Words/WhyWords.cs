using System.Globalization;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

/// <summary>Why an amount is owed: clause, formula and the numbers in it, as people say them. A test finds a formula that has no words.</summary>
public static class WhyWords
{
    private static readonly Dictionary<string, BilingualText> Formulas = new(StringComparer.Ordinal)
    {
        ["amountMinor, due at the earlier of effectiveOn + months and income; never before conversion"] = new(
            "约定金额；到期日取“生效日 + 月数”与产生收入之日中较早者，且不早于转化日。",
            "The agreed amount; due at the earlier of effect + months and income, never before conversion."),
        ["amountMinor, due at the later of effectiveOn + months and income"] = new(
            "约定金额；到期日取“生效日 + 月数”与产生收入之日中较晚者。", "The agreed amount; due at the later of effect + months and income."),
        ["amountMinor, due confirmedOn + daysToPay"] = new("约定金额；确认之日起若干天内到期。", "The agreed amount; due so many days after confirmation."),
        ["the earlier of effectiveOn + months and the day on which income is confirmed"] = new(
            "到期日取“生效日 + 月数”与收入确认之日中较早者。", "Due at the earlier of effect + months and the day on which income is confirmed."),
        ["the next working day of the calendar published since"] = new(
            "节假日安排公布后，顺延至下一个工作日。", "Moved to the next working day, since the holidays have been published."),
        ["round(totalMinor × weightPpm ÷ 1000000), the last part takes the rest; due convertedOn + months"] = new(
            "总额 × 本期比例，余数归最后一期；到期日为转化日 + 月数。", "Total × share of this part, the last part takes the rest; due conversion + months."),
        ["round(netMinor × ratePpm ÷ 1000000)"] = new("本期净销售额 × 费率。", "Net sales of the period × rate."),
        ["max(0, minimumMinor − earnedMinor)"] = new("年度最低提成 − 本年度已计提成。", "The yearly minimum less the royalties earned in the year."),
        ["round(Σ rateₖ × (min(netMinor, hiₖ) − loₖ)⁺)"] = new(
            "本期净销售额分档，各档内的部分 × 该档费率，求和。", "Net sales of the period by bands: the part inside each band × its rate, summed."),
        ["R(netBeforeMinor + netMinor) − R(netBeforeMinor), R(S) = round(Σ rateₖ × (min(S, hiₖ) − loₖ)⁺)"] = new(
            "累计净销售额分档：含本期的累计提成 − 此前的累计提成；各档内的部分 × 该档费率，求和。",
            "Bands of all net sales so far: the royalty on them with this period less that without it; the part inside each band × its rate, summed."),
        ["round(netMinor × rate of the tier reached)"] = new("本期净销售额 × 所达档位的费率。", "Net sales of the period × the rate of the band reached."),
        ["R(netBeforeMinor + netMinor) − R(netBeforeMinor), R(S) = round(S × rate of the tier reached)"] = new(
            "累计净销售额 × 所达档位的费率：含本期的累计提成 − 此前的累计提成。",
            "All net sales so far × the rate of the band reached: the royalty on them with this period less that without it."),
        ["amountMinor, due convertedOn + days"] = new("约定金额；转化之日起若干天内到期。", "The agreed amount; due so many days after conversion."),
        ["amountMinor, due confirmedOn + daysToPay, settled by equityPpm of the registered capital or in money"] = new(
            "约定金额；确认之日起若干天内到期，以约定比例的股权或货币清偿。", "The agreed amount; due so many days after confirmation, settled by the agreed part of the equity or in money."),
        ["the price for elections before convertedOn + months"] = new(
            "“转化日 + 月数”之前选择买断的价格。", "The price for a buy-out elected before conversion + months."),
        ["round(netMinor × max(0, ratePpm + y × yearlyStepPpm) ÷ 1000000)"] = new(
            "本期净销售额 ×(首年费率 + 已过年数 × 每年调整)。", "Net sales of the period × (first rate + years passed × yearly step)."),
        ["units × amountPerUnitMinor"] = new("数量 × 单价。", "Units × sum per unit."),
        ["R(netOfYearBeforeMinor + netMinor) − R(netOfYearBeforeMinor), R(S) = round(max(0, S − yearlyFloorMinor) × ratePpm ÷ 1000000)"] = new(
            "本年度净销售额超过起点部分 × 费率：含本期的提成 − 此前的提成。",
            "What the net sales of the year exceed the floor by × rate: with this period less without it."),
        ["round(max(0, reachedMinor − baselineMinor) × ratePpm ÷ 1000000)"] = new(
            "（本年度实际 − 基数）× 比例，不足零按零计。", "(What the year reached − baseline) × share, never below zero."),
        ["round(sublicenceMinor × max(0, ratePpm + y × yearlyStepPpm) ÷ 1000000)"] = new(
            "本期分许可收入 ×(首年比例 + 已过年数 × 每年调整)。", "Sublicence income of the period × (first share + years passed × yearly step)."),
        ["amountMinor of the hardship plan that replaces the date of an obligation"] = new(
            "困难还款方案中的一期，取代原到期日。", "A part of the hardship plan, which replaces the date of an earlier sum."),
        ["owedMinor − billedMinor, of all periods so far"] = new(
            "至今各期应付合计 − 已开出的合计。", "What all periods so far owe together, less what was billed for them."),
        ["min(round(openPrincipalMinor × coverPpm ÷ 1000000), limitMinor − claimedMinor)"] = new(
            "未付本金 × 担保比例，且不超过担保限额减去已请求的部分。", "Open principal × guaranteed part, at most the limit of the guarantee less what was claimed before."),
        ["round(Σ principalMinor × days × contractRatePpm ÷ (1000000 × dayCount))"] = new(
            "逾期利息 = Σ 未付本金 × 天数 × 合同利率 ÷ 一年天数。", "Late interest = Σ open principal × days × contract rate ÷ days of a year."),
        ["round(Σ principalMinor × days × lprPpm × (1000000 + marginPpm) ÷ (10^12 × dayCount))"] = new(
            "逾期利息 = Σ 未付本金 × 天数 × 一年期 LPR ×(1 + 上浮)÷ 一年天数。", "Late interest = Σ open principal × days × one-year LPR × (1 + margin) ÷ days of a year."),
    };

    /// <summary>What a formula on reports may end with, in this order.</summary>
    private static readonly (string Ending, BilingualText Words)[] TakenOff =
    [
        (" − stackedMinor", new("减去第三方提成抵减", "less the reduction for third parties")),
        (" − creditedMinor", new("减去预付款抵扣", "less what was paid in advance")),
        (" − cappedMinor", new("减去封顶以上的部分", "less what is above the cap")),
    ];

    private static readonly Dictionary<string, BilingualText> Inputs = new(StringComparer.Ordinal)
    {
        ["amountMinor"] = new("约定金额", "Agreed amount"),
        ["effectiveOn"] = new("生效日", "In effect on"),
        ["months"] = new("月数", "Months"),
        ["convertedOn"] = new("转化日", "Converted on"),
        ["milestone"] = new("里程碑", "Milestone"),
        ["occurredOn"] = new("发生日", "Happened on"),
        ["incomeOn"] = new("产生收入之日", "Income on"),
        ["confirmedOn"] = new("确认日", "Confirmed on"),
        ["daysToPay"] = new("付款天数", "Days to pay"),
        ["netMinor"] = new("本期净销售额", "Net sales of the period"),
        ["netBeforeMinor"] = new("此前累计净销售额", "Net sales before"),
        ["ratePpm"] = new("费率", "Rate"),
        ["minimumMinor"] = new("年度最低提成", "Yearly minimum"),
        ["earnedMinor"] = new("本年度已计提成", "Earned in the year"),
        ["contractYear"] = new("合同年度", "Contract year"),
        ["days"] = new("天数", "Days"),
        ["condition"] = new("条件", "Condition"),
        ["event"] = new("事件", "Event"),
        ["equityPpm"] = new("股权比例", "Part of the equity"),
        ["electedOn"] = new("选择日", "Elected on"),
        ["yearlyStepPpm"] = new("每年调整", "Step a year"),
        ["y"] = new("已过年数", "Years passed"),
        ["units"] = new("数量", "Units"),
        ["unit"] = new("单位", "Unit"),
        ["amountPerUnitMinor"] = new("单价", "Sum per unit"),
        ["netOfYearBeforeMinor"] = new("本年度此前净销售额", "Net sales of the year before"),
        ["yearlyFloorMinor"] = new("年度起点", "Yearly floor"),
        ["reachedMinor"] = new("本年度实际", "Reached in the year"),
        ["baselineMinor"] = new("基数", "Baseline"),
        ["measure"] = new("指标", "Measure"),
        ["sublicenceMinor"] = new("本期分许可收入", "Sublicence income of the period"),
        ["openPrincipalMinor"] = new("未付本金", "Open principal"),
        ["coverPpm"] = new("担保比例", "Guaranteed part"),
        ["limitMinor"] = new("担保限额", "Limit of the guarantee"),
        ["claimedMinor"] = new("此前已请求", "Claimed before"),
        ["stackedMinor"] = new("第三方提成抵减", "Deducted for third parties"),
        ["creditedMinor"] = new("预付款抵扣", "Credited"),
        ["cappedMinor"] = new("封顶减少", "Cut by the cap"),
        ["owedMinor"] = new("至今应付合计", "Owed so far"),
        ["billedMinor"] = new("至今已开出合计", "Billed so far"),
        ["obligation"] = new("原应付款", "Replaces sum"),
        ["scheduleVersion"] = new("付款计划版本", "Version of the schedule"),
        ["period"] = new("期次", "Period"),
        ["totalMinor"] = new("总额", "Total"),
        ["weightPpm"] = new("本期比例", "Share of this part"),
        ["part"] = new("期次", "Part"),
        ["nominal"] = new("原定日期", "Nominal date"),
        ["contractRatePpm"] = new("合同年利率", "Contract rate a year"),
        ["lprPpm"] = new("一年期 LPR", "One-year LPR"),
        ["lprOn"] = new("LPR 取值日", "LPR of"),
        ["marginPpm"] = new("上浮", "Margin"),
        ["dayCount"] = new("一年天数", "Days of a year"),
    };

    public static IReadOnlyCollection<string> KnownFormulas => Formulas.Keys;

    /// <summary>Null: nobody has found words for it, and the formula stands as it is.</summary>
    public static BilingualText? Formula(Explanation why)
    {
        if (Formulas.GetValueOrDefault(Whole(why.Formula)) is not { } text)
        {
            return null;
        }

        var taken = TakenOff.Where(t => why.Formula.Contains(t.Ending, StringComparison.Ordinal)).Select(t => t.Words).ToArray();
        return taken.Length == 0 ? text : new(
            $"{text.Zh.TrimEnd('。')}，{string.Join("，", taken.Select(w => w.Zh))}。",
            $"{text.En.TrimEnd('.')}, {string.Join(", ", taken.Select(w => w.En))}.");
    }

    /// <summary>A formula before anything is taken off.</summary>
    public static string Whole(string formula) => TakenOff.Aggregate(formula, (f, t) => f.Replace(t.Ending, "", StringComparison.Ordinal));

    /// <summary>Tiers are numbered: <c>tier1</c>, <c>tier2</c> …</summary>
    public static BilingualText? Input(string name) =>
        TierNumber(name) is { } tier ? new($"第 {tier} 档", $"Band {tier}") : Inputs.GetValueOrDefault(name);

    public static string Clause(Reader r, string clause) => clause == "Civil Code Art. 203"
        ? r.T("《民法典》第二百零三条", "Civil Code Art. 203")
        : r.T($"条款 {clause}", $"Clause {clause}");

    /// <summary>As its name says: minor units, parts per million, a date, a band, or what it is.</summary>
    public static string Value(Reader r, ExplanationInput input, Currency currency)
    {
        var (name, value) = (input.Name, input.Value);
        return name switch
        {
            _ when name.EndsWith("Minor", StringComparison.Ordinal) => r.Money(Number(value), currency),
            _ when name.EndsWith("Ppm", StringComparison.Ordinal) => r.Percent(Number(value)),
            _ when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => r.Date(date),
            _ when TierNumber(name) is not null && value.Split(["from ", ": ", " ppm"], StringSplitOptions.None) is [_, var from, var rate, _] =>
                r.T($"自 {r.Money(Number(from), currency)} 起 {r.Percent(Number(rate))}", $"from {r.Money(Number(from), currency)}: {r.Percent(Number(rate))}"),
            "milestone" when Enum.TryParse<Domain.Licensing.MilestoneKind>(value, out var milestone) => r.T(Names.Of(milestone)),
            "measure" when Enum.TryParse<Domain.Licensing.IncrementMeasure>(value, out var measure) => r.T(Names.Of(measure)),
            "part" when value.Split(" of ") is [var part, var all] => r.T($"第 {part} 期，共 {all} 期", value),
            _ => value,
        };
    }

    private static string? TierNumber(string name) => name.StartsWith("tier", StringComparison.Ordinal) ? name["tier".Length..] : null;

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
