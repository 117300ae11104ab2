using Marketplace.Domain;

namespace Marketplace.Application.Grains;

/// <summary>
/// The reference data that decisions of this host look at. What another host appended arrives within a minute
/// (<see cref="Reference.FollowReferenceData"/>): holidays and rates are published long before they matter.
/// </summary>
public sealed class CurrentReferenceData
{
    private volatile Known known = new(ReferenceBook.Initial.Data, 0);

    private sealed record Known(ReferenceData Data, long Version);

    public ReferenceData Value => known.Data;

    /// <summary>Takes what the reference stream says at a version; an older version than the present one changes nothing.</summary>
    public void Take(ReferenceData data, long version)
    {
        var offered = new Known(data, version);
        for (var present = known; present.Version < version; present = known)
        {
            if (Interlocked.CompareExchange(ref known, offered, present) == present)
            {
                return;
            }
        }
    }
}
