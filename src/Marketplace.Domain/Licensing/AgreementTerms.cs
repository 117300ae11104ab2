using System.Globalization;
using System.Text.Json.Serialization;

namespace Marketplace.Domain.Licensing;

/// <summary>The commercial terms of a use-first-pay-later licence: offered, negotiated as numbered versions, then signed by hash.</summary>
/// <param name="TrialMonths">Free use before the decision; 3–12 usual, 1–24 allowed.</param>
/// <param name="CommercialMonths">Licence term from conversion.</param>
/// <param name="PlatformFeePpm">Withheld from every sum collected for the lab.</param>
/// <param name="CureDays">From the breach notice to breach; 30–90.</param>
/// <param name="Reporting">Required when a payment draws on sales, else null.</param>
public sealed record AgreementTerms(
    LicenceKind Licence,
    string FieldOfUse,
    string Territory,
    int TrialMonths,
    int CommercialMonths,
    Currency Currency,
    IReadOnlyList<PaymentTrigger> Payments,
    SalesReporting? Reporting,
    LateInterestTerms LateInterest,
    long PlatformFeePpm,
    int CureDays)
{
    /// <summary>The steps that follow an unpaid due date; null: <see cref="EnforcementLadder.Standard"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // documents signed before there was one keep their hash
    public IReadOnlyList<LadderStep>? Ladder { get; init; }

    /// <summary>The template that these terms were filled from, and whose text is signed; null for terms that were written freely.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TemplateRef? Template { get; init; }

    /// <summary>Clauses that do not hold in all periods; null: all do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ClauseTime>? Times { get; init; }

    /// <summary>Whether a clause on reports counts what a period reports.</summary>
    public bool HoldsIn(int clause, int period) =>
        Times?.FirstOrDefault(t => t.Clause == clause) is not { } time || (period >= (time.FromPeriod ?? 1) && period <= (time.ThroughPeriod ?? int.MaxValue));

    /// <summary>Largest sum a term may name: leaves room for checked arithmetic on any product of it with a rate.</summary>
    public const long MaxAmountMinor = 100_000_000_000_000;

    /// <summary>Largest sum for one unit; with at most <see cref="MaxUnits"/> of a period it stays within range.</summary>
    public const long MaxUnitAmountMinor = 100_000_000;

    /// <summary>Most units of a period.</summary>
    public const long MaxUnits = 1_000_000_000;

    /// <summary>Why these terms cannot stand, with the field at fault, or null.</summary>
    public Refusal? Check()
    {
        if (FieldOfUse is null || FieldOfUse.Trim().Length is 0 or > 200)
        {
            return Bad("field-of-use-missing", "请写明许可使用领域（200字以内）。", "Name the field of use, in at most 200 characters.", "fieldOfUse");
        }

        if (Territory is null || Territory.Trim().Length is 0 or > 200)
        {
            return Bad("territory-missing", "请写明许可地域（200字以内）。", "Name the territory, in at most 200 characters.", "territory");
        }

        if (Currency == default)
        {
            return Bad("currency-missing", "请约定币种。", "Name the currency.", "currency");
        }

        if (LateInterest is null)
        {
            return Bad("late-interest-missing", "请约定逾期利息。", "Agree the late interest.", "lateInterest");
        }

        if (Payments is null || Payments.Count is 0 or > 40)
        {
            return Bad("payments-missing", "请至少约定一项付款（最多40项）。", "Agree at least one payment, at most 40.", "payments");
        }

        return Known(Licence, "licence")
            ?? Between(TrialMonths, 1, 24, "trialMonths")
            ?? Between(CommercialMonths, 1, 240, "commercialMonths")
            ?? Between(PlatformFeePpm, 0, 200_000, "platformFeePpm")
            ?? Between(CureDays, 30, 90, "cureDays")
            ?? LateInterest.Check()?.Under("lateInterest")
            ?? CheckPayments()
            ?? CheckTogether()
            ?? CheckReporting()
            ?? CheckTimes()
            ?? (Ladder is null ? null : EnforcementLadder.Check(Ladder))
            ?? Template?.Check()?.Under("template");
    }

    private Refusal? CheckReporting()
    {
        if (Reporting is null)
        {
            return Payments.Any(p => p.NeedsSalesReports)
                ? Bad("reporting-missing", "按销售额付款的条款必须约定销售报告周期。", "Payments that draw on sales need a reporting period.", "reporting")
                : null;
        }

        if (Reporting.PeriodMonths is not (1 or 3 or 6 or 12))
        {
            return Bad("reporting-period", "报告周期须为1、3、6或12个月。", "A reporting period is 1, 3, 6 or 12 months.", "reporting.periodMonths");
        }

        if (CommercialMonths % Reporting.PeriodMonths != 0)
        {
            return Bad("reporting-term", "商业许可期须为报告周期的整数倍。", "The licence term must be a whole number of reporting periods.", "commercialMonths");
        }

        return Between(Reporting.ReportDays, 1, 120, "reporting.reportDays") ?? Between(Reporting.PaymentDays, 0, 180, "reporting.paymentDays");
    }

    private Refusal? CheckTimes()
    {
        if (Times is null)
        {
            return null;
        }

        for (var i = 0; i < Times.Count; i++)
        {
            if (Times[i] is not { } time || time.Clause < 0 || time.Clause >= Payments.Count || !AmendmentChange.IsOnReports(Payments[time.Clause])
                || Times.Take(i).Any(t => t.Clause == time.Clause))
            {
                return Bad("clause-not-amendable", "只有按报告计费的条款可以限定期间，每项一次。", "Only clauses on reports hold for some periods, each named once.", $"times[{i}]");
            }

            var periods = CommercialMonths / Reporting!.PeriodMonths;
            if ((Between(time.FromPeriod ?? 1, 1, periods, $"times[{i}].fromPeriod") ?? Between(time.ThroughPeriod ?? periods, time.FromPeriod ?? 1, periods, $"times[{i}].throughPeriod")) is { } outside)
            {
                return outside;
            }

            var perYear = 12 / Reporting.PeriodMonths;
            if (Payments[time.Clause] is MinimumAnnualRoyalty or ThresholdRoyalty or IncrementShare
                && (((time.FromPeriod ?? 1) - 1) % perYear != 0 || (time.ThroughPeriod ?? perYear) % perYear != 0))
            {
                return Bad("clause-needs-years", "按合同年度计算的条款只能在合同年度之间起止。", "A clause on contract years begins and ends between them.", $"times[{i}]");
            }
        }

        return null;
    }

    private Refusal? CheckPayments()
    {
        for (var i = 0; i < Payments.Count; i++)
        {
            if (CheckPayment(Payments[i]) is { } refusal)
            {
                return refusal.Under($"payments[{i}]");
            }
        }

        return null;
    }

    private Refusal? CheckPayment(PaymentTrigger? payment) => payment switch
    {
        null => Refusal.Invalid("payment-missing", "付款条件不能为空。", "A payment cannot be empty."),
        DeferredLumpSum p => Amount(p.AmountMinor, "amountMinor") ?? Between(p.MonthsAfterEffect, 0, 120, "monthsAfterEffect") ?? Known(p.PayDate, "payDate"),
        Instalments p => Amount(p.TotalMinor, "totalMinor") ?? CheckParts(p.Parts),
        Milestone p => Amount(p.AmountMinor, "amountMinor") ?? Between(p.DaysToPay, 0, 365, "daysToPay") ?? CheckMilestone(p),
        RunningRoyalty p => Between(p.RatePpm, 1, 1_000_000, "ratePpm"),
        TieredRoyalty p => CheckTiers(p),
        MinimumAnnualRoyalty p => Amount(p.AmountMinor, "amountMinor") ?? WholeYears("amountMinor"),
        ConditionalSum p => Words(p.Condition, "condition") ?? Words(p.Evidence, "evidence") ?? Amount(p.AmountMinor, "amountMinor") ?? Between(p.DaysToPay, 0, 365, "daysToPay"),
        EntryFee p => Amount(p.AmountMinor, "amountMinor") ?? Between(p.DaysAfterConversion, 0, 365, "daysAfterConversion"),
        SteppedRoyalty p => Between(p.RatePpm, 1, 1_000_000, "ratePpm") ?? CheckStep(p.RatePpm, p.YearlyStepPpm),
        UnitRoyalty p => Words(p.Unit, "unit", 50) ?? SumBetween(p.AmountPerUnitMinor, 1, MaxUnitAmountMinor, Currency, "amountPerUnitMinor"),
        ThresholdRoyalty p => Between(p.RatePpm, 1, 1_000_000, "ratePpm") ?? Amount(p.YearlyFloorMinor, "yearlyFloorMinor"),
        IncrementShare p => Known(p.Measure, "measure") ?? Between(p.RatePpm, 1, 1_000_000, "ratePpm")
            ?? SumBetween(p.BaselineMinor, -MaxAmountMinor, MaxAmountMinor, Currency, "baselineMinor") ?? WholeYears("ratePpm"),
        SublicenceShare p => Between(p.RatePpm, 1, 1_000_000, "ratePpm") ?? CheckStep(p.RatePpm, p.YearlyStepPpm),
        StackingReduction p => Between(p.SharePpm, 1, 1_000_000, "sharePpm") ?? Between(p.FloorPpm, 0, 1_000_000, "floorPpm"),
        CumulativeCap p => Amount(p.AmountMinor, "amountMinor"),
        BuyOut p => CheckPrices(p.Prices) ?? Between(p.DaysToPay, 0, 365, "daysToPay"),
        EquityConversion p => Words(p.Event, "event") ?? Words(p.Evidence, "evidence") ?? Amount(p.AmountMinor, "amountMinor")
            ?? Between(p.EquityPpm, 1, 1_000_000, "equityPpm") ?? Between(p.DaysToPay, 0, 365, "daysToPay"),
        _ => throw new InvalidOperationException($"Unknown payment trigger {payment.GetType().Name}"),
    };

    /// <summary>Clauses that change what others owe make sense once, and only beside one that owes.</summary>
    private Refusal? CheckTogether()
    {
        foreach (var alone in Payments.Index().Where(p => p.Item is StackingReduction or CumulativeCap or BuyOut).GroupBy(p => p.Item.GetType()))
        {
            if (alone.Count() > 1)
            {
                return Bad("payment-twice", "这类付款条款只能约定一项。", "There can be only one payment of this kind.", $"payments[{alone.Last().Index}]");
            }
        }

        // A cap, a reduction or a credit needs something that it takes from.
        var idle = Payments.Index().FirstOrDefault(p => p.Item is StackingReduction or CumulativeCap or EntryFee { IsCreditable: true });
        return idle.Item is null || Payments.Any(p => p.OwesOnReports)
            ? null
            : Bad("payment-idle", "没有可供抵减或封顶的提成条款。", "There is no royalty that it could reduce or cap.", $"payments[{idle.Index}]");
    }

    private Refusal? WholeYears(string field) => CommercialMonths % 12 == 0
        ? null
        : Bad("minimum-needs-years", "按合同年度计算的条款要求商业许可期为整年。", "A clause on contract years needs a licence term of whole years.", field);

    private Refusal? CheckStep(long ratePpm, long yearlyStepPpm) => Between(yearlyStepPpm, -1_000_000, 1_000_000, "yearlyStepPpm")
        ?? (ratePpm + (CommercialMonths - 1) / 12 * yearlyStepPpm <= 1_000_000
            ? null
            : Bad("rate-exceeds-whole", "逐年调整后的费率不能超过100%。", "Stepped year by year, the rate must not pass 100 %.", "yearlyStepPpm"));

    private Refusal? CheckPrices(IReadOnlyList<BuyOutPrice> prices)
    {
        if (prices is null || prices.Count is 0 or > 60 || prices.Any(p => p is null))
        {
            return Bad("prices-missing", "请约定1至60个买断价。", "Agree between 1 and 60 buy-out prices.", "prices");
        }

        for (var i = 0; i < prices.Count; i++)
        {
            if ((Between(prices[i].BeforeMonth, 1, CommercialMonths, $"prices[{i}].beforeMonth") ?? Amount(prices[i].AmountMinor, $"prices[{i}].amountMinor")) is { } refusal)
            {
                return refusal;
            }

            if (i > 0 && prices[i].BeforeMonth <= prices[i - 1].BeforeMonth)
            {
                return Bad("dates-out-of-order", "买断价的期限须由早到晚。", "Buy-out prices must run from early to late.", $"prices[{i}].beforeMonth");
            }
        }

        return null;
    }

    private static Refusal? Words(string text, string field, int most = 500) => string.IsNullOrWhiteSpace(text) || text.Length > most
        ? Bad("text-missing", $"请填写文字（{most}字以内）。", $"Say it in words, in at most {most} characters.", field)
        : null;

    private static Refusal? CheckParts(IReadOnlyList<Instalment> parts)
    {
        if (parts is null || parts.Count is 0 or > 120)
        {
            return Bad("instalments-missing", "分期须为1至120期。", "Agree between 1 and 120 instalments.", "parts");
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is null)
            {
                return Bad("instalments-missing", "分期不能为空。", "An instalment cannot be empty.", $"parts[{i}]");
            }

            if (Between(parts[i].MonthsAfterConversion, 0, 240, $"parts[{i}].monthsAfterConversion") is { } refusal)
            {
                return refusal;
            }

            if (i > 0 && parts[i].MonthsAfterConversion < parts[i - 1].MonthsAfterConversion)
            {
                return Bad("dates-out-of-order", "各期的付款时间须由早到晚。", "Instalments must run from early to late.", $"parts[{i}].monthsAfterConversion");
            }
        }

        return Shares.Check([.. parts.Select(p => p.WeightPpm)], "parts");
    }

    private static Refusal? CheckMilestone(Milestone milestone)
    {
        if (Known(milestone.Event, "event") is { } unknown)
        {
            return unknown;
        }

        if (string.IsNullOrWhiteSpace(milestone.Evidence) || milestone.Evidence.Length > 500)
        {
            return Bad("evidence-missing", "请写明以何种证据确认里程碑（500字以内）。", "Say which evidence confirms the milestone, in at most 500 characters.", "evidence");
        }

        return (milestone.Event, milestone.CumulativeNetSalesMinor) switch
        {
            (MilestoneKind.CumulativeNetSales, null) => Bad("threshold-missing", "请填写累计净销售额的门槛。", "Name the cumulative net sales to reach.", "cumulativeNetSalesMinor"),
            (MilestoneKind.CumulativeNetSales, { } threshold) => Amount(threshold, "cumulativeNetSalesMinor"),
            (_, null) => null,
            (_, _) => Bad("threshold-unused", "只有累计净销售额里程碑才有门槛。", "Only a milestone of cumulative net sales has a threshold.", "cumulativeNetSalesMinor"),
        };
    }

    private static Refusal? CheckTiers(TieredRoyalty royalty)
    {
        var tiers = royalty.Tiers;
        if ((Known(royalty.Method, "method") ?? Known(royalty.Base, "base")) is { } unknown)
        {
            return unknown;
        }

        if (tiers is null || tiers.Count is 0 or > 20 || tiers.Any(t => t is null))
        {
            return Bad("tiers-missing", "请约定1至20个提成档位。", "Agree between 1 and 20 royalty tiers.", "tiers");
        }

        if (tiers[0].FromMinor != 0)
        {
            return Bad("tiers-start", "第一档必须从0开始。", "The first tier starts at 0.", "tiers[0].fromMinor");
        }

        for (var i = 0; i < tiers.Count; i++)
        {
            if (Between(tiers[i].RatePpm, 0, 1_000_000, $"tiers[{i}].ratePpm") is { } refusal)
            {
                return refusal;
            }

            if (i > 0 && (tiers[i].FromMinor <= tiers[i - 1].FromMinor || tiers[i].FromMinor > MaxAmountMinor))
            {
                return Bad("tiers-out-of-order", "各档起点须递增且不重叠。", "Each tier starts above the one before it.", $"tiers[{i}].fromMinor");
            }

            // Otherwise more sales would owe less in total, and a period could owe a negative sum.
            if (i > 0 && royalty is { Method: TierMethod.WholeAmount, Base: TierBase.Cumulative } && tiers[i].RatePpm < tiers[i - 1].RatePpm)
            {
                return Bad("tiers-fall", "按累计全额计提时，费率不能递减。", "Cumulative tiers on the whole amount cannot have falling rates.", $"tiers[{i}].ratePpm");
            }
        }

        return null;
    }

    private static Refusal? Amount(long amountMinor, string field) => amountMinor is > 0 and <= MaxAmountMinor
        ? null
        : Bad("amount-out-of-range", "金额必须大于零且在系统上限之内。", "An amount must be greater than zero and within the limit of the system.", field);

    private static Refusal? Known<TEnum>(TEnum value, string field) where TEnum : struct, Enum => Enum.IsDefined(value)
        ? null
        : Bad("value-unknown", "没有这一选项。", "There is no such choice.", field);

    internal static Refusal? Between(long value, long low, long high, string field)
    {
        if (value >= low && value <= high)
        {
            return null;
        }

        // People type rates as percentages.
        var (zh, en) = field.EndsWith("Ppm", StringComparison.Ordinal)
            ? ($"（百万分比，即 {Percent(low)} 与 {Percent(high)}）", $" parts per million ({Percent(low)} and {Percent(high)})")
            : (" ", "");
        return Bad("out-of-range", $"须在 {low} 与 {high}{zh}之间。", $"Must be between {low} and {high}{en}.", field);

        static string Percent(long ppm) => ((decimal)ppm / 10_000).ToString("0.####", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>The same of a sum, whose bounds are told as people write sums.</summary>
    internal static Refusal? SumBetween(long amountMinor, long lowMinor, long highMinor, Currency currency, string field) =>
        Between(amountMinor, lowMinor, highMinor, field) is { } refusal
            ? refusal with
            {
                Zh = $"须在 {new Money(lowMinor, currency)} 与 {new Money(highMinor, currency)} 之间。",
                En = $"Must be between {new Money(lowMinor, currency)} and {new Money(highMinor, currency)}.",
            }
            : null;

    private static Refusal Bad(string code, string zh, string en, string field) => Refusal.Invalid(code, zh, en, field);
}

public enum LicenceKind
{
    NonExclusive,
    Sole,
    Exclusive,

    /// <summary>转让: an exclusive licence until all is paid, then title passes by registration.</summary>
    Assignment,
}

/// <param name="PeriodMonths">1, 3, 6 or 12; periods run from conversion, contiguous and disjoint.</param>
/// <param name="ReportDays">Days after the end of a period within which its sales (also zero) are reported.</param>
/// <param name="PaymentDays">Days after the report within which the royalty is paid.</param>
public sealed record SalesReporting(int PeriodMonths, int ReportDays, int PaymentDays);

/// <summary>Interest on late principal: simple, by day.</summary>
/// <param name="ContractRatePpm">Yearly rate; null: the one-year LPR at breach × (1 + margin).</param>
/// <param name="LprMarginPpm">300 000–500 000 (30–50 %).</param>
/// <param name="DayCount">360 or 365, as the contract says.</param>
public sealed record LateInterestTerms(long? ContractRatePpm, long LprMarginPpm, int DayCount)
{
    public static readonly LateInterestTerms Standard = new(null, 500_000, 365);

    public Refusal? Check() =>
        DayCount is not (360 or 365)
            ? Refusal.Invalid("day-count", "计息天数须为360或365。", "The day count is 360 or 365.", "dayCount")
            : ContractRatePpm is { } rate
                ? AgreementTerms.Between(rate, 0, 240_000, "contractRatePpm")
                : AgreementTerms.Between(LprMarginPpm, 300_000, 500_000, "lprMarginPpm");
}
