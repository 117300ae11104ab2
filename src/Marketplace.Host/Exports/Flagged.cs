using Marketplace.Application.Policy;
using Marketplace.Domain.Policy;

namespace Marketplace.Host.Exports;

/// <summary>A flag, with what the agreement is about.</summary>
public sealed record Flagged(AnomalyFlag Flag, FlaggedAgreement About)
{
    public static IReadOnlyList<Flagged> All(AnomalyReport report) => [.. report.Flags.Select(f => new Flagged(f, report.Subjects[f.Agreement]))];
}
