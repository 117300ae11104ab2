using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
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
        return agreement.Stage != Stage.None && (commands.Principal.Sees(agreement.Lab) || commands.Principal.Sees(agreement.Company))
            ? agreement
            : Refusal.NotFound();
    }

    /// <summary>What the contract of an agreement says beside its terms.</summary>
    public static async Task<ContractFacts> ContractFactsOf(this Commands commands, Agreement agreement)
    {
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(agreement.Result.Value);
        var lab = await commands.StateOf<IOrganisationGrain, OrganisationState>(agreement.Lab.Value);
        var company = await commands.StateOf<IOrganisationGrain, OrganisationState>(agreement.Company.Value);
        return new ContractFacts(
            agreement.Id.Value, lab.Name, lab.Uscc?.Value, company.Name, company.Uscc?.Value, result.Content!.Title, Rights(result.Content.Rights), agreement.EffectiveOn);
    }

    private static BilingualText Rights(IReadOnlyList<IntellectualProperty> rights) => new(
        string.Join("；", rights.Select(r => $"{IntellectualProperty.NameOf(r.Kind).Zh}{(r.Number is { } n ? $" {n}" : "")}")),
        string.Join("; ", rights.Select(r => $"{IntellectualProperty.NameOf(r.Kind).En}{(r.Number is { } n ? $" {n}" : "")}")));
}
