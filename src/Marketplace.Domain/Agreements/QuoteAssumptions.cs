using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>What is assumed of a future that nobody knows, so that the cost of terms can be told before they are signed.</summary>
/// <param name="EffectiveOn">When the agreement takes effect; of a signed one the true day counts.</param>
/// <param name="TrialMonths">Months of trial before the company converts; 0: at once. No more than the terms allow.</param>
/// <param name="FirstYear">What is sold and earned in the first contract year. Ignored where <paramref name="Sales"/> says more.</param>
/// <param name="GrowthPpm">By which each further year is more (or, negative, less).</param>
/// <param name="LowPpm">Part of these figures in the low case, 0 to 1 000 000.</param>
/// <param name="HighPpm">The same of the high case, 1 000 000 to 10 000 000.</param>
/// <param name="Sales">Figures of each reporting period, the first first; those that are missing follow the yearly figures, or are 0 where there are some.</param>
/// <param name="Events">Months after conversion after which the events of clauses happen, by position of the clause; those not named never do.</param>
/// <param name="BuyOutMonth">Months after conversion after which the company buys itself out; null: it does not.</param>
/// <param name="DiscountRatePpm">Yearly rate by which later payments count less.</param>
public sealed record QuoteAssumptions(
    DateOnly EffectiveOn,
    int TrialMonths = 0,
    SalesFigures? FirstYear = null,
    long GrowthPpm = 0,
    long LowPpm = 500_000,
    long HighPpm = 1_500_000,
    IReadOnlyList<SalesFigures>? Sales = null,
    IReadOnlyList<AssumedEvent>? Events = null,
    int? BuyOutMonth = null,
    long DiscountRatePpm = 30_000)
{
    private const int MostPeriods = 240;
    private const int MostMonths = 240;

    /// <summary>Refuses with <c>out-of-range</c>, <c>periods-too-many</c> or <c>trigger-unknown</c>.</summary>
    public Refusal? Check(AgreementTerms terms)
    {
        if (Sales?.Count > MostPeriods)
        {
            return Refusal.Invalid("periods-too-many", $"至多{MostPeriods}个报告期。", $"At most {MostPeriods} reporting periods.", "sales");
        }

        foreach (var (i, assumed) in (Events ?? []).Index())
        {
            if (assumed.Trigger < 0 || assumed.Trigger >= terms.Payments.Count || !terms.Payments[assumed.Trigger].AwaitsAnEvent)
            {
                return Refusal.Invalid("trigger-unknown", "条款中没有这一等待事件的付款条件。", "The terms have no such payment that awaits an event.", $"events[{i}].trigger");
            }

            if (AgreementTerms.Between(assumed.MonthsAfterConversion, 0, MostMonths, $"events[{i}].monthsAfterConversion") is { } outside)
            {
                return outside;
            }
        }

        return AgreementTerms.Between(TrialMonths, 0, terms.TrialMonths, "trialMonths")
            ?? AgreementTerms.Between(GrowthPpm, -1_000_000, 1_000_000, "growthPpm")
            ?? AgreementTerms.Between(LowPpm, 0, 1_000_000, "lowPpm")
            ?? AgreementTerms.Between(HighPpm, 1_000_000, 10_000_000, "highPpm")
            ?? AgreementTerms.Between(DiscountRatePpm, 0, 1_000_000, "discountRatePpm")
            ?? AgreementTerms.Between(BuyOutMonth ?? 0, 0, MostMonths, "buyOutMonth")
            ?? AgreementTerms.Between(EffectiveOn.Year, 2000, 2200, "effectiveOn")
            ?? (FirstYear is { } year ? InRange(year, terms.Currency, "firstYear") : null)
            ?? (Sales ?? []).Index().Select(s => InRange(s.Item, terms.Currency, $"sales[{s.Index}]")).FirstOrDefault(r => r is not null);
    }

    /// <summary>Figures of a period.</summary>
    /// <param name="period">From 1.</param>
    /// <param name="factorPpm">Of the case: low, base (1 000 000) or high.</param>
    public SalesFigures FiguresOf(int period, AgreementTerms terms, long factorPpm)
    {
        if (Sales is { Count: > 0 } told)
        {
            return period <= told.Count ? Times(told[period - 1], factorPpm, 1_000_000) : new SalesFigures(0);
        }

        if (FirstYear is null)
        {
            return new SalesFigures(0);
        }

        // Each year's figures are rounded once, then divided among its periods so that they sum to the year.
        var perYear = 12 / terms.Reporting!.PeriodMonths;
        var year = FirstYear;
        for (var y = 1; y <= (period - 1) / perYear; y++)
        {
            year = Times(year, 1_000_000 + GrowthPpm, 1_000_000);
        }

        return PartOf(Times(year, factorPpm, 1_000_000), (period - 1) % perYear, perYear);
    }

    private static Refusal? InRange(SalesFigures figures, Currency currency, string field)
    {
        // Far enough below the limit of a report that growth and the high case stay within it.
        const long Most = AgreementTerms.MaxAmountMinor / 100;
        return AgreementTerms.SumBetween(figures.NetMinor, 0, Most, currency, $"{field}.netMinor")
            ?? AgreementTerms.Between(figures.Units, 0, AgreementTerms.MaxUnits / 100, $"{field}.units")
            ?? AgreementTerms.SumBetween(figures.MeasureMinor, -Most, Most, currency, $"{field}.measureMinor")
            ?? AgreementTerms.SumBetween(figures.SublicenceMinor, 0, Most, currency, $"{field}.sublicenceMinor")
            ?? AgreementTerms.SumBetween(figures.ThirdPartyRoyaltiesMinor, 0, Most, currency, $"{field}.thirdPartyRoyaltiesMinor");
    }

    /// <summary>Bounded by what a report may say, so that no assumption is refused as a report.</summary>
    private static SalesFigures Times(SalesFigures f, long numerator, long denominator)
    {
        long Scaled(long value, long most) => Math.Clamp(Rounding.HalfEven((Int128)value * numerator, denominator), -most, most);
        const long Most = AgreementTerms.MaxAmountMinor;
        return new SalesFigures(
            Scaled(f.NetMinor, Most), Scaled(f.Units, AgreementTerms.MaxUnits), Scaled(f.MeasureMinor, Most), Scaled(f.SublicenceMinor, Most), Scaled(f.ThirdPartyRoyaltiesMinor, Most));
    }

    private static SalesFigures PartOf(SalesFigures year, int index, int parts)
    {
        long Part(long whole) => (whole / parts) + (index == parts - 1 ? whole % parts : 0);
        return new SalesFigures(Part(year.NetMinor), Part(year.Units), Part(year.MeasureMinor), Part(year.SublicenceMinor), Part(year.ThirdPartyRoyaltiesMinor));
    }
}

/// <param name="Trigger">Position of the clause in the terms, from 0.</param>
public sealed record AssumedEvent(int Trigger, int MonthsAfterConversion);
