using Marketplace.Application.Door;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The contract of an agreement in words, as its newest terms have it; for its parties and administrators.</summary>
/// <param name="Language">zh or en. The Chinese text prevails.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetContract(AgreementId Agreement, string Language = "zh") : IQuery<ContractView>;

/// <param name="Contract">Null: these terms were written freely and have no text of a template.</param>
/// <param name="SignedOn">Null: not signed by all.</param>
/// <param name="DocumentHash">Of what is or was signed; null before both have accepted the same terms.</param>
/// <param name="Criteria">The annex that is signed with it: what the trial has to show.</param>
/// <param name="Terms">As amended.</param>
/// <param name="Amendments">Those in effect; each was signed by itself.</param>
public sealed record ContractView(
    AgreementId Agreement, int Version, DateOnly? SignedOn, string? DocumentHash, ContractDocument? Contract,
    IReadOnlyList<AcceptanceCriterion> Criteria, AgreementTerms Terms, IReadOnlyList<Amendment> Amendments);

internal sealed class GetContractHandler(Commands commands, IContractTemplates templates) : IRequestHandler<GetContract, Result<ContractView>>
{
    public async Task<Result<ContractView>> Handle(GetContract request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if ((visible.Refusal ?? ContractLanguage.Check(request.Language)) is { } refusal)
        {
            return refusal;
        }

        var agreement = visible.Value;
        var about = await commands.About(agreement);
        return new ContractView(
            agreement.Id, agreement.Newest.Version, agreement.EffectiveOn, agreement.DocumentHash,
            templates.Write(agreement.Newest.Terms, about.Facts(agreement), request.Language == "en"),
            agreement.Newest.Criteria ?? [], agreement.Terms, [.. agreement.Amendments.Where(m => m.Status == AmendmentStatus.InEffect)]);
    }
}

/// <summary>What an agreement is about, and between whom, as these stand now.</summary>
internal sealed record AgreementSubject(ResultContent Result, OrganisationState Lab, OrganisationState Company)
{
    public ContractFacts Facts(Agreement agreement) => new(
        agreement.Id.Value, Lab.Name, Lab.Uscc?.Value, Company.Name, Company.Uscc?.Value, Result.Title, Rights(Result.Rights), agreement.EffectiveOn);

    private static BilingualText Rights(IReadOnlyList<IntellectualProperty> rights) => new(
        string.Join("；", rights.Select(r => $"{IntellectualProperty.NameOf(r.Kind).Zh}{(r.Number is { } n ? $" {n}" : "")}")),
        string.Join("; ", rights.Select(r => $"{IntellectualProperty.NameOf(r.Kind).En}{(r.Number is { } n ? $" {n}" : "")}")));
}
