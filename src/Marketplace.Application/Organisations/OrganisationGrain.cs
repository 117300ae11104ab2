using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Organisations;

namespace Marketplace.Application.Organisations;

[Stream("organisation")]
public interface IOrganisationGrain : IJournaledGrain<OrganisationState>;

internal sealed class OrganisationGrain(Surroundings around)
    : JournaledGrain<OrganisationState, OrganisationCommand, OrganisationEvent, Organisation>(around), IOrganisationGrain
{
    protected override IEnumerable<IReadRow> Rows(OrganisationState state) => OrganisationRow.Of(Key, state);
}
