using System.Text.Json.Serialization;

namespace Marketplace.Domain.Licensing;

/// <summary>
/// What makes money fall due (Civil Code Art. 846). An agreement combines any number; amounts are minor units of the agreement's currency,
/// rates parts per million. A trigger is known by its position in the terms: clause 5.1 is the first.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DeferredLumpSum), "deferred-lump-sum")]
[JsonDerivedType(typeof(Instalments), "instalments")]
[JsonDerivedType(typeof(Milestone), "milestone")]
[JsonDerivedType(typeof(RunningRoyalty), "running-royalty")]
[JsonDerivedType(typeof(TieredRoyalty), "tiered-royalty")]
[JsonDerivedType(typeof(MinimumAnnualRoyalty), "minimum-annual-royalty")]
[JsonDerivedType(typeof(ConditionalSum), "conditional-sum")]
[JsonDerivedType(typeof(EntryFee), "entry-fee")]
[JsonDerivedType(typeof(SteppedRoyalty), "stepped-royalty")]
[JsonDerivedType(typeof(UnitRoyalty), "unit-royalty")]
[JsonDerivedType(typeof(ThresholdRoyalty), "threshold-royalty")]
[JsonDerivedType(typeof(IncrementShare), "increment-share")]
[JsonDerivedType(typeof(SublicenceShare), "sublicence-share")]
[JsonDerivedType(typeof(StackingReduction), "stacking-reduction")]
[JsonDerivedType(typeof(CumulativeCap), "cumulative-cap")]
[JsonDerivedType(typeof(BuyOut), "buy-out")]
[JsonDerivedType(typeof(EquityConversion), "equity-conversion")]
public abstract record PaymentTrigger
{
    /// <summary>Number of the clause that a trigger at this position (from 0) is written in.</summary>
    public static string ClauseOf(int position) => $"5.{position + 1}";

    /// <summary>Whether the trigger draws on reported sales, so that the agreement needs reporting periods.</summary>
    [JsonIgnore]
    public abstract bool NeedsSalesReports { get; }

    /// <summary>Whether sums of reported periods arise from the clause itself: one that only reduces or caps others owes nothing.</summary>
    [JsonIgnore]
    public bool OwesOnReports => NeedsSalesReports && this is not (StackingReduction or CumulativeCap);

    /// <summary>Whether somebody must claim, and the other side or a decision must confirm, that its event has happened.</summary>
    [JsonIgnore]
    public bool AwaitsAnEvent => this is ConditionalSum or Milestone or DeferredLumpSum or EquityConversion;

    /// <summary>Which kind it is, for lists and filters.</summary>
    [JsonIgnore]
    public abstract PaymentModel Model { get; }
}

public enum PaymentModel
{
    DeferredLumpSum,
    Instalments,
    Milestone,
    RunningRoyalty,
    TieredRoyalty,
    MinimumAnnualRoyalty,
    ConditionalSum,
    EntryFee,
    SteppedRoyalty,
    UnitRoyalty,
    ThresholdRoyalty,
    IncrementShare,
    SublicenceShare,
    StackingReduction,
    CumulativeCap,
    BuyOut,
    EquityConversion,
}

/// <summary>One sum, <paramref name="MonthsAfterEffect"/> months after the agreement takes effect or once income arises, whichever the rule says.</summary>
public sealed record DeferredLumpSum(long AmountMinor, int MonthsAfterEffect, PayDateRule PayDate) : PaymentTrigger
{
    public override bool NeedsSalesReports => false;

    public override PaymentModel Model => PaymentModel.DeferredLumpSum;
}

/// <summary>The published rule of use first, pay later: one year after effect, or once product or service income arises.</summary>
public enum PayDateRule
{
    /// <summary>Whichever comes first.</summary>
    Earlier,

    /// <summary>Whichever comes last: without income it does not fall due.</summary>
    Later,
}

/// <summary>A total in parts after conversion. Weights sum to 1 000 000 ppm; the residual minor unit falls in the last part.</summary>
public sealed record Instalments(long TotalMinor, IReadOnlyList<Instalment> Parts) : PaymentTrigger
{
    public override bool NeedsSalesReports => false;

    public override PaymentModel Model => PaymentModel.Instalments;
}

public sealed record Instalment(int MonthsAfterConversion, long WeightPpm);

/// <summary>A sum owed once, when the named event is confirmed; due <paramref name="DaysToPay"/> days later.</summary>
/// <param name="CumulativeNetSalesMinor">The threshold, for <see cref="MilestoneKind.CumulativeNetSales"/> only.</param>
public sealed record Milestone(MilestoneKind Event, string Evidence, long AmountMinor, int DaysToPay, long? CumulativeNetSalesMinor = null) : PaymentTrigger
{
    public override bool NeedsSalesReports => Event == MilestoneKind.CumulativeNetSales;

    public override PaymentModel Model => PaymentModel.Milestone;
}

public enum MilestoneKind
{
    FirstCommercialSale,
    CumulativeNetSales,
    RegulatoryApproval,
    MassProduction,
    FinancingRound,
    CertifiedTestResult,
}

/// <summary>Rate × net sales of each reporting period.</summary>
public sealed record RunningRoyalty(long RatePpm) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.RunningRoyalty;
}

/// <summary>A rate for each band of net sales; how bands apply is declared, never guessed.</summary>
public sealed record TieredRoyalty(IReadOnlyList<RoyaltyTier> Tiers, TierMethod Method, TierBase Base) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.TieredRoyalty;
}

/// <param name="FromMinor">Net sales from which the rate applies; the first tier starts at 0, the next tier ends it.</param>
public sealed record RoyaltyTier(long FromMinor, long RatePpm);

public enum TierMethod
{
    /// <summary>Each rate on the sales inside its own band: Σ rateₖ × (min(S, hiₖ) − loₖ)⁺.</summary>
    Marginal,

    /// <summary>The rate of the band reached, on the whole amount.</summary>
    WholeAmount,
}

public enum TierBase
{
    /// <summary>Bands start again in every period.</summary>
    PerPeriod,

    /// <summary>Bands count net sales since conversion; each period owes the difference.</summary>
    Cumulative,
}

/// <summary>Per contract year: max(0, amount − what the clauses on sales have earned in that year).</summary>
/// <param name="IsCreditable">What is paid to reach the minimum is deducted from royalties of later years.</param>
public sealed record MinimumAnnualRoyalty(
    long AmountMinor, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsCreditable = false) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.MinimumAnnualRoyalty;
}

/// <summary>A sum owed once, when the condition is confirmed by the named evidence; due <paramref name="DaysToPay"/> days later.</summary>
public sealed record ConditionalSum(string Condition, string Evidence, long AmountMinor, int DaysToPay) : PaymentTrigger
{
    public override bool NeedsSalesReports => false;

    public override PaymentModel Model => PaymentModel.ConditionalSum;
}

/// <summary>A sum for the commercial licence itself, due <paramref name="DaysAfterConversion"/> days after conversion.</summary>
/// <param name="IsCreditable">It is deducted from royalties until it is used up.</param>
public sealed record EntryFee(long AmountMinor, int DaysAfterConversion, bool IsCreditable) : PaymentTrigger
{
    public override bool NeedsSalesReports => false;

    public override PaymentModel Model => PaymentModel.EntryFee;
}

/// <summary>Net sales × a rate that changes with every contract year: max(0, rate + y × step), y = 0 in the first year.</summary>
/// <param name="YearlyStepPpm">Negative when the rate falls.</param>
public sealed record SteppedRoyalty(long RatePpm, long YearlyStepPpm) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.SteppedRoyalty;
}

/// <summary>A sum for each unit sold or used in a reporting period, e.g. per seat of a software.</summary>
/// <param name="Unit">What is counted, in words.</param>
public sealed record UnitRoyalty(string Unit, long AmountPerUnitMinor) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.UnitRoyalty;
}

/// <summary>Rate × the net sales of a contract year above a floor; each period owes the difference to the one before.</summary>
public sealed record ThresholdRoyalty(long RatePpm, long YearlyFloorMinor) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.ThresholdRoyalty;
}

/// <summary>Per contract year: rate × max(0, what was reached − the baseline). The baseline is frozen at signature.</summary>
/// <param name="BaselineMinor">Of one year.</param>
public sealed record IncrementShare(IncrementMeasure Measure, long RatePpm, long BaselineMinor) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.IncrementShare;
}

public enum IncrementMeasure
{
    Profit,
    OutputValue,
}

/// <summary>A share in what the company receives from sublicensees: max(0, rate + y × step), y = 0 in the first contract year.</summary>
public sealed record SublicenceShare(long RatePpm, long YearlyStepPpm) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.SublicenceShare;
}

/// <summary>
/// Royalties that the company must pay to third parties for the same product reduce those of a period on sales and units, in the order of the
/// clauses, but never below a floor.
/// </summary>
/// <param name="SharePpm">Part of the third parties' royalties that is deducted.</param>
/// <param name="FloorPpm">Part of each royalty that always stays.</param>
public sealed record StackingReduction(long SharePpm, long FloorPpm) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.StackingReduction;
}

/// <summary>All that the sales reports make owed, minimum royalties included, never exceeds this sum.</summary>
public sealed record CumulativeCap(long AmountMinor) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.CumulativeCap;
}

/// <summary>The company may pay a price once, and owes nothing for the periods that begin afterwards. Prices rise or fall by the time since conversion.</summary>
/// <param name="Prices">In the order of time; after the last there is no buy-out any more.</param>
/// <param name="DaysToPay">From the election to the due date.</param>
public sealed record BuyOut(IReadOnlyList<BuyOutPrice> Prices, int DaysToPay) : PaymentTrigger
{
    public override bool NeedsSalesReports => false;

    public override PaymentModel Model => PaymentModel.BuyOut;
}

/// <param name="BeforeMonth">The price holds for elections before so many months after conversion.</param>
public sealed record BuyOutPrice(int BeforeMonth, long AmountMinor);

/// <summary>
/// First invest, then share (先投后股): once the named event is confirmed the sum falls due, and the company settles it by transferring equity
/// of that value; what it does not transfer it pays.
/// </summary>
/// <param name="EquityPpm">Part of the company's registered capital that settles the whole sum.</param>
public sealed record EquityConversion(string Event, string Evidence, long AmountMinor, long EquityPpm, int DaysToPay) : PaymentTrigger
{
    public override bool NeedsSalesReports => false;

    public override PaymentModel Model => PaymentModel.EquityConversion;
}
