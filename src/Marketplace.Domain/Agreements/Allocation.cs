namespace Marketplace.Domain.Agreements;

/// <summary>Which claims a sum pays: costs, then interest, then principal; within each the oldest due first (Civil Code Art. 560, 561).</summary>
public static class Allocation
{
    private static readonly ObligationComponent[] LegalOrder = [ObligationComponent.Costs, ObligationComponent.Interest, ObligationComponent.Principal];

    /// <summary>Lines that sum to at most <paramref name="availableMinor"/>; only invoiced claims are paid, and what is contested waits.</summary>
    public static IReadOnlyList<AllocationLine> Plan(IEnumerable<Obligation> obligations, long availableMinor)
    {
        var oldestFirst = obligations.Where(o => o.WasInvoiced && o.EnforceableMinor > 0).OrderBy(o => o.DueOn).ThenBy(o => o.Number).ToArray();
        var lines = new List<AllocationLine>();
        foreach (var component in LegalOrder)
        {
            foreach (var obligation in oldestFirst)
            {
                var partMinor = Math.Min(availableMinor, PayableMinor(obligation, component));
                if (partMinor > 0)
                {
                    lines.Add(new AllocationLine(obligation.Number, component, partMinor));
                    availableMinor -= partMinor;
                }
            }
        }

        return lines;
    }

    private static long PayableMinor(Obligation obligation, ObligationComponent component) => component switch
    {
        ObligationComponent.Costs => obligation.Costs.OutstandingMinor,
        ObligationComponent.Interest => obligation.Interest.OutstandingMinor,
        ObligationComponent.Principal => obligation.EnforceablePrincipalMinor,
    };
}
