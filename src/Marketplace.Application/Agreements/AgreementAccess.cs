using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Application.Agreements;

internal static class AgreementAccess
{
    /// <summary>The agreement if the principal is one of its parties or an administrator; else there is nothing here.</summary>
    public static async Task<Result<Agreement>> Visible(this Commands commands, AgreementId id)
    {
        var agreement = await commands.StateOf<IAgreementGrain, Agreement>(id.Value);
        return agreement.Stage != Stage.None && (commands.Principal.Sees(agreement.Lab) || commands.Principal.Sees(agreement.Company)
                || AgreementRules.PartyOf(agreement, commands.Principal.Actor) == Party.Third)
            ? agreement
            : Refusal.NotFound();
    }
}
