using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>By what an agreement in effect is compared with others.</summary>
/// <param name="LabSignatory">Who signed for the lab.</param>
/// <param name="ThirdPartyUscc">Guarantor or broker as the contract names it; whatever was typed there.</param>
/// <param name="ContractSumMinor">Every sum that the terms name.</param>
/// <param name="RoyaltyPpm">The highest rate on sales of the first year; null: there is none.</param>
/// <param name="Nearing">Null: no sum waits for cumulative sales, or fewer than four periods are reported.</param>
public sealed record AgreementFigures(
    AgreementId Agreement, OrganisationId Lab, OrganisationId Company, LabResultId Result, Currency Currency, DateOnly EffectiveOn,
    string LabSignatory, string CompanySignatory, string? ThirdPartyName, string? ThirdPartyUscc, long ContractSumMinor, long? RoyaltyPpm, NearingThreshold? Nearing)
{
    /// <summary>Null: it is not in effect.</summary>
    public static AgreementFigures? Of(Agreement a) => a.EffectiveOn is not { } effectiveOn ? null : new AgreementFigures(
        a.Id, a.Lab, a.Company, a.Result, a.Terms.Currency, effectiveOn, a.LabSignatory ?? "", a.CompanySignatory ?? "",
        Filled(a.Terms, "thirdPartyName"), Filled(a.Terms, "thirdPartyUscc"), NamedSum.TotalMinor(a.Terms), RoyaltyOf(a.Terms), NearingThreshold.Of(a));

    private static string? Filled(AgreementTerms terms, string name) => terms.Template?.Values.FirstOrDefault(v => v.Name == name)?.Value;

    private static long? RoyaltyOf(AgreementTerms terms) => terms.Payments
        .Select(p => p switch
        {
            RunningRoyalty r => r.RatePpm,
            SteppedRoyalty r => r.RatePpm,
            TieredRoyalty r => r.Tiers.Max(t => t.RatePpm),
            _ => (long?)null,
        })
        .Max();
}

/// <summary>Cumulative sales before a threshold at which a sum falls due, minor units.</summary>
/// <param name="UsualNetMinor">Mean of the three periods before the last.</param>
/// <param name="LastNetMinor">Of the period reported last.</param>
/// <param name="ReachedMinor">All so far, below the threshold.</param>
public sealed record NearingThreshold(long UsualNetMinor, long LastNetMinor, long ReachedMinor, long ThresholdMinor)
{
    private const int UsualPeriods = 3;

    internal static NearingThreshold? Of(Agreement a)
    {
        if (a.Reports.Count <= UsualPeriods)
        {
            return null;
        }

        var reachedMinor = a.Reports.Aggregate(0L, (sum, report) => checked(sum + report.Figures.NetMinor));
        var thresholds = a.Terms.Payments.OfType<Milestone>().Select(m => m.CumulativeNetSalesMinor).Where(t => t > reachedMinor).ToList();
        if (thresholds.Count == 0)
        {
            return null;
        }

        var usual = a.Reports.Skip(a.Reports.Count - 1 - UsualPeriods).Take(UsualPeriods).Aggregate(Int128.Zero, (sum, report) => sum + report.Figures.NetMinor);
        return new NearingThreshold(Rounding.HalfEven(usual, UsualPeriods), a.Reports[^1].Figures.NetMinor, reachedMinor, thresholds.Min()!.Value);
    }
}
