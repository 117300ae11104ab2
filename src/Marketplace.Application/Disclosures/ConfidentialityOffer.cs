using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;

namespace Marketplace.Application.Disclosures;

/// <summary>The confidentiality agreement that a company can sign about a result, as it stands now.</summary>
internal sealed record ConfidentialityOffer(OrganisationId Lab, OrganisationId Company, ConfidentialityFacts Facts)
{
    public string Sha256 => ConfidentialityText.Sha256Of(ConfidentialityText.Current, Facts);

    /// <summary>About a result that everybody may see; refused as not found of any other.</summary>
    public static async Task<Result<ConfidentialityOffer>> Of(Commands commands, LabResultId id)
    {
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(id.Value);
        if (result is not { Lab: { } lab, Content: { } content } || !LabResult.IsPublic(result.Status))
        {
            return Refusal.NotFound();
        }

        var company = commands.OwnOrganisation;
        var (one, other) = (
            await commands.StateOf<IOrganisationGrain, OrganisationState>(lab.Value), await commands.StateOf<IOrganisationGrain, OrganisationState>(company.Value));
        return (one.Uscc, other.Uscc) is ({ } labCode, { } companyCode)
            ? new ConfidentialityOffer(lab, company, new(one.Name, labCode.Value, other.Name, companyCode.Value, content.Title))
            : Refusal.NotFound(); // a principal of an organisation that nobody has registered
    }
}
