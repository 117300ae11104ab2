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
public abstract record PaymentTrigger
{
    /// <summary>Number of the clause that a trigger at this position (from 0) is written in.</summary>
    public static string ClauseOf(int position) => $"5.{position + 1}";

    /// <summary>Whether the trigger draws on reported sales, so that the agreement needs reporting periods.</summary>
    [JsonIgnore]
    public abstract bool NeedsSalesReports { get; }

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

/// <summary>Per contract year: max(0, amount − royalties earned in that year).</summary>
public sealed record MinimumAnnualRoyalty(long AmountMinor) : PaymentTrigger
{
    public override bool NeedsSalesReports => true;

    public override PaymentModel Model => PaymentModel.MinimumAnnualRoyalty;
}
