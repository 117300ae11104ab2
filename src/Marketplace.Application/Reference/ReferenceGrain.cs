using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;

namespace Marketplace.Application.Reference;

[Stream("reference")]
public interface IReferenceGrain : IJournaledGrain<ReferenceState>
{
    /// <summary>There is one calendar and one history of each rate: China's.</summary>
    public const string China = "cn";
}

internal sealed class ReferenceGrain(Surroundings around)
    : JournaledGrain<ReferenceState, ReferenceCommand, ReferenceEvent, ReferenceBook>(around), IReferenceGrain
{
    private readonly CurrentReferenceData current = around.Reference;

    protected override IEnumerable<IReadRow> Rows(ReferenceState state) => [];

    protected override void Believed(ReferenceState state, long version) => current.Take(state.Data, version);
}
