using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Teams;

namespace Marketplace.Application.Teams;

/// <summary>Keyed by the organisation; the marketplace's own team by <see cref="PlatformKey"/>.</summary>
[Stream("team")]
public interface ITeamGrain : IJournaledGrain<Team>
{
    const string PlatformKey = "platform";

    static string KeyOf(OrganisationId? organisation) => organisation?.Value ?? PlatformKey;
}

internal sealed class TeamGrain(Surroundings around) : JournaledGrain<Team, TeamCommand, TeamEvent, TeamRules>(around), ITeamGrain
{
    protected override IEnumerable<IReadRow> Rows(Team state) => TeamRows.Of(Key, state);
}
