using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Guarantees;

namespace Marketplace.Application.Guarantees;

/// <summary>Keyed by the guarantor.</summary>
[Stream("guarantee")]
public interface IGuaranteePoolGrain : IJournaledGrain<GuaranteePoolState>;

internal sealed class GuaranteePoolGrain(Surroundings around)
    : JournaledGrain<GuaranteePoolState, GuaranteeCommand, GuaranteeEvent, GuaranteePool>(around), IGuaranteePoolGrain
{
    protected override IEnumerable<IReadRow> Rows(GuaranteePoolState state) => [];
}
