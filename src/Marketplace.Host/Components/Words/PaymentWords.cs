using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>What a payment clause means, in a sentence with its numbers in it; and its parts, when it has some.</summary>
public static class PaymentWords
{
    public static string Sentence(Reader r, PaymentTrigger payment, AgreementTerms terms) => payment switch
    {
        DeferredLumpSum p => LumpSum(r, p, r.Money(p.AmountMinor, terms.Currency)),
        Instalments p => r.T(
            $"转化后分 {p.Parts.Count} 期支付，共 {r.Money(p.TotalMinor, terms.Currency)}：",
            $"{r.Money(p.TotalMinor, terms.Currency)} in {p.Parts.Count} parts after conversion:"),
        Milestone p => OfMilestone(r, p, terms.Currency),
        RunningRoyalty p => r.T(
            $"按{EveryPeriod(r, terms)}净销售额的 {r.Percent(p.RatePpm)} 提成。",
            $"{r.Percent(p.RatePpm)} of the net sales of {EveryPeriod(r, terms)}."),
        TieredRoyalty p => Tiered(r, p, terms),
        MinimumAnnualRoyalty p => r.T(
            $"每个合同年度的提成不低于 {r.Money(p.AmountMinor, terms.Currency)}，不足部分补足。",
            $"At least {r.Money(p.AmountMinor, terms.Currency)} of royalties per contract year; what is missing is topped up."),
        ConditionalSum p => r.T(
            $"{r.Money(p.AmountMinor, terms.Currency)}：以下条件获确认后 {p.DaysToPay} 天内支付，仅一次：{p.Condition}。证据：{p.Evidence}",
            $"{r.Money(p.AmountMinor, terms.Currency)}, once, within {r.Days(p.DaysToPay)} after this is confirmed: {p.Condition}. Evidence: {p.Evidence}"),
        EntryFee p => r.T(
            $"{r.Money(p.AmountMinor, terms.Currency)}：转化后 {p.DaysAfterConversion} 天内支付{(p.IsCreditable ? "，可抵扣以后的提成" : "")}。",
            $"{r.Money(p.AmountMinor, terms.Currency)} within {r.Days(p.DaysAfterConversion)} after conversion{(p.IsCreditable ? ", credited against royalties" : "")}."),
        SteppedRoyalty p => r.T(
            $"按{EveryPeriod(r, terms)}净销售额提成：第一个合同年度 {r.Percent(p.RatePpm)}，此后{EveryYear(r, p.YearlyStepPpm)}。",
            $"A part of the net sales of {EveryPeriod(r, terms)}: {r.Percent(p.RatePpm)} in the first contract year, then {EveryYear(r, p.YearlyStepPpm)}."),
        UnitRoyalty p => r.T(
            $"{EveryPeriod(r, terms)}每{p.Unit} {r.Money(p.AmountPerUnitMinor, terms.Currency)}。",
            $"{r.Money(p.AmountPerUnitMinor, terms.Currency)} for each unit ({p.Unit}) of {EveryPeriod(r, terms)}."),
        ThresholdRoyalty p => r.T(
            $"合同年度内净销售额超过 {r.Money(p.YearlyFloorMinor, terms.Currency)} 的部分，提成 {r.Percent(p.RatePpm)}。",
            $"{r.Percent(p.RatePpm)} of the net sales of a contract year above {r.Money(p.YearlyFloorMinor, terms.Currency)}."),
        IncrementShare p => r.T(
            $"每个合同年度的{Names.Of(p.Measure).Zh}超过基数 {r.Money(p.BaselineMinor, terms.Currency)} 的部分，分成 {r.Percent(p.RatePpm)}。",
            $"{r.Percent(p.RatePpm)} of the {Names.Of(p.Measure).En} of each contract year above the baseline of {r.Money(p.BaselineMinor, terms.Currency)}."),
        SublicenceShare p => r.T(
            $"分许可收入的分成：第一个合同年度 {r.Percent(p.RatePpm)}{(p.YearlyStepPpm == 0 ? "" : $"，此后{EveryYear(r, p.YearlyStepPpm)}")}。",
            $"{r.Percent(p.RatePpm)} of sublicence income{(p.YearlyStepPpm == 0 ? "" : $" in the first contract year, then {EveryYear(r, p.YearlyStepPpm)}")}."),
        StackingReduction p => r.T(
            $"须向第三方支付提成的，其 {r.Percent(p.SharePpm)} 从本合同提成中抵减，但每项提成至少保留 {r.Percent(p.FloorPpm)}。",
            $"{r.Percent(p.SharePpm)} of royalties that are owed to third parties are deducted, but {r.Percent(p.FloorPpm)} of each royalty always stay."),
        CumulativeCap p => r.T(
            $"按报告计算的款项累计不超过 {r.Money(p.AmountMinor, terms.Currency)}。", $"All sums on reports together never exceed {r.Money(p.AmountMinor, terms.Currency)}."),
        BuyOut p => r.T(
            $"企业可以一次付清以下价款买断，{p.DaysToPay} 天内支付，此后开始的周期不再提成：",
            $"The company may buy itself out, paid within {r.Days(p.DaysToPay)}; periods that begin afterwards owe nothing:"),
        EquityConversion p => r.T(
            $"{r.Money(p.AmountMinor, terms.Currency)}：以下事件获确认后 {p.DaysToPay} 天内，以注册资本的 {r.Percent(p.EquityPpm)} 股权或货币清偿：{p.Event}。证据：{p.Evidence}",
            $"{r.Money(p.AmountMinor, terms.Currency)}, within {r.Days(p.DaysToPay)} after this is confirmed, settled by {r.Percent(p.EquityPpm)} of the registered capital or in money: {p.Event}. Evidence: {p.Evidence}"),
        _ => throw new ArgumentOutOfRangeException(nameof(payment), payment, "Unknown payment trigger"),
    };

    public static IReadOnlyList<string> Parts(Reader r, PaymentTrigger payment, AgreementTerms terms) => payment switch
    {
        Instalments p => [.. Shares.Split(p.TotalMinor, [.. p.Parts.Select(part => part.WeightPpm)]).Zip(p.Parts, (amountMinor, part) =>
            $"{AfterConversion(r, part.MonthsAfterConversion)}{r.T("：", ": ")}{r.Money(amountMinor, terms.Currency)}{r.T($"（{r.Percent(part.WeightPpm)}）", $" ({r.Percent(part.WeightPpm)})")}")],
        TieredRoyalty p => [.. p.Tiers.Select((tier, i) => Band(r, tier, i + 1 < p.Tiers.Count ? p.Tiers[i + 1].FromMinor : null, terms.Currency))],
        BuyOut p => [.. p.Prices.Select(price => r.T(
            $"转化后 {price.BeforeMonth} 个月内：{r.Money(price.AmountMinor, terms.Currency)}",
            $"Before {r.Months(price.BeforeMonth)} after conversion: {r.Money(price.AmountMinor, terms.Currency)}"))],
        _ => [],
    };

    public static string LateInterest(Reader r, LateInterestTerms interest) => interest.ContractRatePpm is { } rate
        ? r.T($"逾期按年利率 {r.Percent(rate)} 单利计息，一年按 {interest.DayCount} 天。", $"Simple interest of {r.Percent(rate)} a year on what is late; a year has {interest.DayCount} days.")
        : r.T(
            $"逾期按违约时一年期 LPR 上浮 {r.Percent(interest.LprMarginPpm)} 单利计息，一年按 {interest.DayCount} 天。",
            $"Simple interest at the one-year LPR at breach plus {r.Percent(interest.LprMarginPpm)} of it on what is late; a year has {interest.DayCount} days.");

    /// <summary>In which periods a clause holds.</summary>
    public static string Time(Reader r, ClauseTime time) => (time.FromPeriod, time.ThroughPeriod) switch
    {
        ({ } from, { } through) => r.T($"适用于第 {from} 至第 {through} 期。", $"Holds from period {from} through period {through}."),
        ({ } from, null) => r.T($"自第 {from} 期起适用。", $"Holds from period {from} on."),
        (null, { } through) => r.T($"适用至第 {through} 期。", $"Holds through period {through}."),
        _ => "",
    };

    public static string Reporting(Reader r, SalesReporting reporting) => r.T(
        $"每 {reporting.PeriodMonths} 个月报告一次销售（零销售也要报），期满后 {reporting.ReportDays} 天内报告，报告后 {reporting.PaymentDays} 天内付款。",
        $"Sales are reported every {(reporting.PeriodMonths == 1 ? "month" : r.Months(reporting.PeriodMonths))}, also when there were none: within {r.Days(reporting.ReportDays)} of the period, paid within {r.Days(reporting.PaymentDays)} of the report.");

    private static string LumpSum(Reader r, DeferredLumpSum lump, string amount) => lump.PayDate switch
    {
        PayDateRule.Earlier => r.T(
            $"{amount}：协议生效满 {lump.MonthsAfterEffect} 个月，或产生产品、服务收入时支付，以先到者为准。",
            $"{amount}, {r.Months(lump.MonthsAfterEffect)} after the agreement takes effect or once product or service income arises, whichever comes first."),
        PayDateRule.Later => r.T(
            $"{amount}：协议生效满 {lump.MonthsAfterEffect} 个月，且产生产品、服务收入后支付，以后到者为准；没有收入则不用付。",
            $"{amount}, {r.Months(lump.MonthsAfterEffect)} after the agreement takes effect or once product or service income arises, whichever comes last; without income nothing is due."),
    };

    private static string OfMilestone(Reader r, Milestone p, Currency currency)
    {
        var happened = p.CumulativeNetSalesMinor is { } threshold
            ? r.T($"累计净销售额达到 {r.Money(threshold, currency)}", $"cumulative net sales reach {r.Money(threshold, currency)}")
            : r.T($"{Names.Of(p.Event).Zh}获确认", $"{Names.Of(p.Event).En} is confirmed");
        return r.T(
            $"{r.Money(p.AmountMinor, currency)}：{happened}后 {p.DaysToPay} 天内支付，仅一次。证据：{p.Evidence}",
            $"{r.Money(p.AmountMinor, currency)}, once, within {r.Days(p.DaysToPay)} after {happened}. Evidence: {p.Evidence}");
    }

    private static string Tiered(Reader r, TieredRoyalty p, AgreementTerms terms)
    {
        var counted = p.Base switch
        {
            TierBase.PerPeriod => r.T($"按{EveryPeriod(r, terms)}净销售额分档提成", $"Royalty in bands of the net sales of {EveryPeriod(r, terms)}"),
            TierBase.Cumulative => r.T("按转化以来的累计净销售额分档提成", "Royalty in bands of all net sales since conversion"),
        };
        return p.Method switch
        {
            TierMethod.Marginal => r.T($"{counted}，各档费率只适用于本档内的部分：", $"{counted}, each rate on the part inside its band:"),
            TierMethod.WholeAmount => r.T($"{counted}，达到某档后全额适用该档费率：", $"{counted}, the rate of the band reached on the whole amount:"),
        };
    }

    private static string Band(Reader r, RoyaltyTier tier, long? upToMinor, Currency currency)
    {
        var from = r.Money(tier.FromMinor, currency);
        var band = (tier.FromMinor, upToMinor) switch
        {
            (_, null) => r.T($"{from} 以上", $"Above {from}"),
            (0, { } to) => r.T($"{r.Money(to, currency)} 以下", $"Up to {r.Money(to, currency)}"),
            (_, { } to) => r.T($"{from} 至 {r.Money(to, currency)}", $"{from} to {r.Money(to, currency)}"),
        };
        return r.T($"{band}：{r.Percent(tier.RatePpm)}", $"{band}: {r.Percent(tier.RatePpm)}");
    }

    private static string EveryPeriod(Reader r, AgreementTerms terms) => terms.Reporting?.PeriodMonths switch
    {
        null => r.T("各期", "each period"), // a draft that nobody has checked yet
        1 => r.T("每月", "each month"),
        3 => r.T("每季度", "each quarter"),
        12 => r.T("每年", "each year"),
        { } months => r.T($"每 {months} 个月", $"each {months} months"),
    };

    private static string EveryYear(Reader r, long stepPpm) => stepPpm < 0
        ? r.T($"每年降低 {r.Percent(-stepPpm)}", $"{r.Percent(-stepPpm)} less each year")
        : r.T($"每年提高 {r.Percent(stepPpm)}", $"{r.Percent(stepPpm)} more each year");

    private static string AfterConversion(Reader r, int months) => months == 0
        ? r.T("转化时", "At conversion")
        : r.T($"转化后 {months} 个月", $"{r.Months(months)} after conversion");
}
