namespace Marketplace.Domain.Agreements;

/// <summary>What each reason for doubt counts, and from where on it is one. A version is never changed: a new table has a new number.</summary>
/// <param name="Points">By reason; together more than a thousand, where a score ends.</param>
/// <param name="FallPpm">Net sales below this part of what was usual have fallen, and below this part of what the company forecast are short of it.</param>
/// <param name="PeerPpm">Net sales below this part of the peers' median are low.</param>
/// <param name="DeductionsPpm">A larger part of gross sales is unusual.</param>
/// <param name="FewestPeers">Of fewer nothing is said.</param>
public sealed record RiskWeights(
    int Version, IReadOnlyDictionary<RiskReasonKind, int> Points, long FallPpm, long PeerPpm, long DeductionsPpm, int FewestPeers)
{
    public static readonly RiskWeights Current = new(
        Version: 2,
        new Dictionary<RiskReasonKind, int>
        {
            [RiskReasonKind.BelowInvoices] = 300,
            [RiskReasonKind.NoneAfterSales] = 200,
            [RiskReasonKind.Fell] = 150,
            [RiskReasonKind.ShortOfStep] = 150,
            [RiskReasonKind.BelowForecast] = 120,
            [RiskReasonKind.BelowPeers] = 100,
            [RiskReasonKind.HighDeductions] = 80,
            [RiskReasonKind.CorrectedDown] = 80,
            [RiskReasonKind.LateReports] = 60,
            [RiskReasonKind.RoundNumbers] = 30,
        },
        FallPpm: 500_000,
        PeerPpm: 250_000,
        DeductionsPpm: 300_000,
        FewestPeers: 5);
}

/// <summary>Why a report may deserve a second look.</summary>
public enum RiskReasonKind
{
    /// <summary>Invoices of a period show more than its report.</summary>
    BelowInvoices,

    /// <summary>Nothing was sold, and the period before something was. Takes the place of <see cref="Fell"/>.</summary>
    NoneAfterSales,

    /// <summary>Less than half of what was usual.</summary>
    Fell,

    /// <summary>What was usual would have reached a tier, threshold, milestone or minimum; what is reported does not.</summary>
    ShortOfStep,

    /// <summary>Less than half of what the company itself had said it would sell.</summary>
    BelowForecast,

    /// <summary>Far less than others sell in the same field of technology.</summary>
    BelowPeers,

    HighDeductions,

    /// <summary>Reported sales were taken back, once or more often.</summary>
    CorrectedDown,

    /// <summary>Reports came after their day, or never.</summary>
    LateReports,

    RoundNumbers,
}
