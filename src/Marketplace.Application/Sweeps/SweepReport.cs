namespace Marketplace.Application.Sweeps;

/// <summary>What one sweep did.</summary>
/// <param name="Woken">Items that were worked off, or had nothing to do after all.</param>
/// <param name="Failed">Items that failed by their own fault; counted toward quarantine.</param>
/// <param name="Quarantined">Those of <paramref name="Failed"/> that later sweeps leave alone.</param>
/// <param name="Postponed">Items that were contended or could not be reached; nobody's fault, and the next sweep tries again.</param>
public sealed record SweepReport(string Purpose, int Woken, int Failed, int Quarantined, int Postponed, TimeSpan Elapsed);
