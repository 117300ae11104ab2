using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Rights;

namespace Marketplace.Application.Rights;

/// <summary>Keyed by the lab.</summary>
[Stream("rights")]
public interface IRightsRegisterGrain : IJournaledGrain<RightsRegisterState>;

internal sealed class RightsRegisterGrain(Surroundings around)
    : JournaledGrain<RightsRegisterState, RightsCommand, RightsEvent, RightsRegister>(around), IRightsRegisterGrain
{
    protected override IEnumerable<IReadRow> Rows(RightsRegisterState state) => [];
}
