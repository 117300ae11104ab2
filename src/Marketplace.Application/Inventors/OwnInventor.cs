using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Teams;

namespace Marketplace.Application.Inventors;

internal static class OwnInventor
{
    /// <summary>By which name whoever asks is an inventor of their laboratory now; null: they are none.</summary>
    public static async Task<string?> OwnNameAsInventor(this Commands commands) => Id.TryParse<PersonId>(commands.Principal.Person, out var person)
        ? (await commands.StateOf<ITeamGrain, Team>(ITeamGrain.KeyOf(commands.OwnOrganisation))).InventorOf(person)
        : null;

    /// <summary>An agreement of one's laboratory in whose split one stands, and where; of any other it is not told that it exists.</summary>
    public static async Task<Result<(Agreement Agreement, int Place)>> OwnShareOf(this Commands commands, AgreementId id)
    {
        if (await commands.OwnNameAsInventor() is not { } name)
        {
            return Refusal.NotFound();
        }

        var agreement = await commands.StateOf<IAgreementGrain, Agreement>(id.Value);
        var place = agreement.Inventors.Inventors.ToList().FindIndex(i => i.Name == name) + 1;
        return agreement.Stage != Stage.None && agreement.Lab == commands.OwnOrganisation && place > 0 ? (agreement, place) : Refusal.NotFound();
    }
}
