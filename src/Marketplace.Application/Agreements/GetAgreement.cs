using System.Collections.Immutable;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>One agreement with everything in it, for its parties and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator)]
public sealed record GetAgreement(AgreementId Agreement) : IQuery<AgreementView>;

/// <param name="Details">As the rules know it; for the company without what is the lab's own (inventors, their balances and payouts).</param>
/// <param name="Upcoming">Dates to come, earliest first.</param>
public sealed record AgreementView(
    AgreementId Agreement,
    AgreementState State,
    BilingualText ResultTitle,
    BilingualText LabName,
    BilingualText CompanyName,
    Agreement Details,
    IReadOnlyList<UpcomingStep> Upcoming);

internal sealed class GetAgreementHandler(Commands commands) : IRequestHandler<GetAgreement, Result<AgreementView>>
{
    public async Task<Result<AgreementView>> Handle(GetAgreement request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var agreement = visible.Value;
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(agreement.Result.Value);
        var lab = await commands.StateOf<IOrganisationGrain, OrganisationState>(agreement.Lab.Value);
        var company = await commands.StateOf<IOrganisationGrain, OrganisationState>(agreement.Company.Value);
        return new AgreementView(
            request.Agreement, agreement.State, result.Content!.Title, lab.Name, company.Name,
            commands.Principal.Sees(agreement.Lab) ? agreement : LabsOwn.LeftOut(agreement), Outlook.Of(agreement));
    }
}
