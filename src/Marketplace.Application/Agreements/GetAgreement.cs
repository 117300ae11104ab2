using System.Collections.Immutable;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>One agreement with everything in it, for its parties and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetAgreement(AgreementId Agreement) : IQuery<AgreementView>;

/// <param name="Details">As the rules know it; for others without what is the lab's own (inventors, their balances and payouts; a broker finds its own).</param>
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
        var about = await commands.About(agreement);
        return new AgreementView(
            request.Agreement, agreement.State, about.Result.Title, about.Lab.Name, about.Company.Name,
            commands.Principal.Sees(agreement.Lab) ? agreement : LabsOwn.LeftOut(agreement, commands.Principal.Role), Outlook.Of(agreement));
    }
}
