using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;

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

    public static async Task<AgreementSubject> About(this Commands commands, Agreement agreement) => new(
        (await commands.StateOf<ILabResultGrain, LabResultState>(agreement.Result.Value)).Content!,
        await commands.StateOf<IOrganisationGrain, OrganisationState>(agreement.Lab.Value),
        await commands.StateOf<IOrganisationGrain, OrganisationState>(agreement.Company.Value));
}
