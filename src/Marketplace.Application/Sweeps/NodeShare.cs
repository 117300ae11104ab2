using Marketplace.Application.Reads;
using Orleans.Runtime;

namespace Marketplace.Application.Sweeps;

/// <summary>
/// Which part of all due work is this node's. Every node works it out by itself from the cluster's members;
/// two that disagree for a moment do some work twice, or leave some to the next sweep.
/// </summary>
public sealed class NodeShare(ISiloStatusOracle cluster)
{
    /// <summary>The partitions of this node at this moment; none while it is not a member.</summary>
    public IReadOnlyList<int> Partitions() => Of(cluster.SiloAddress, cluster.GetApproximateSiloStatuses(onlyActive: true).Keys);

    public static IReadOnlyList<int> Of(SiloAddress node, IEnumerable<SiloAddress> members)
    {
        var sorted = members.Order().ToList();
        var place = sorted.IndexOf(node);
        return place < 0 ? [] : [.. Enumerable.Range(0, DueWork.Partitions).Where(p => p % sorted.Count == place)];
    }
}
