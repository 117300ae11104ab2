using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Needs;

namespace Marketplace.Application.Needs;

[Stream("need")]
public interface INeedGrain : IJournaledGrain<NeedState>;

internal sealed class NeedGrain(Surroundings around) : JournaledGrain<NeedState, NeedCommand, NeedEvent, Need>(around), INeedGrain
{
    protected override IEnumerable<IReadRow> Rows(NeedState state) => NeedRow.Of(Key, state);
}
