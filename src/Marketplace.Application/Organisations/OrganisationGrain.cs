using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Organisations;

namespace Marketplace.Application.Organisations;

[Stream("organisation")]
public interface IOrganisationGrain : IJournaledGrain<OrganisationState>;

internal sealed class OrganisationGrain(Surroundings around)
    : JournaledGrain<OrganisationState, OrganisationCommand, OrganisationEvent, Organisation>(around), IOrganisationGrain
{
    protected override IEnumerable<IReadRow> Rows(OrganisationState state)
    {
        if (state.Uscc is { } uscc)
        {
            yield return new OrganisationRow(
                Key, state.Kind, state.Status, state.Name.Zh, state.Name.En, uscc.Value, state.ContactMail, state.Reason);
        }
    }
}
