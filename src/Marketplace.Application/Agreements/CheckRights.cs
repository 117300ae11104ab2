using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Rights;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Which of a lab's agreements an agreement would conflict with if it were signed today. For the lab: the company learns nothing about others.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record CheckRights(AgreementId Agreement) : IQuery<RightsCheckView>;

/// <param name="Conflicts">Certain ones first; certain ones refuse the lab's signature, possible ones ask it to acknowledge them.</param>
public sealed record RightsCheckView(
    LicenceKind Licence, string FieldOfUse, string Territory, DateOnly From, DateOnly? Until, IReadOnlyList<RightsConflictView> Conflicts);

public sealed record RightsConflictView(
    AgreementId Agreement, Overlap Overlap, BilingualText CompanyName, LabResultId Result, LicenceKind Licence, string FieldOfUse, string Territory, DateOnly? Until);

internal sealed class CheckRightsHandler(Commands commands, Reservations reservations) : IRequestHandler<CheckRights, Result<RightsCheckView>>
{
    public async Task<Result<RightsCheckView>> Handle(CheckRights request, CancellationToken cancellationToken)
    {
        var agreement = await commands.StateOf<IAgreementGrain, Agreement>(request.Agreement.Value);
        if (agreement.Stage == Stage.None || !commands.Principal.Sees(agreement.Lab))
        {
            return Refusal.NotFound();
        }

        var claim = await reservations.ClaimOf(agreement);
        var conflicts = new List<RightsConflictView>();
        foreach (var (with, overlap) in await reservations.ConflictsOf(agreement, claim))
        {
            var company = await commands.StateOf<IOrganisationGrain, OrganisationState>(with.Company.Value);
            conflicts.Add(new RightsConflictView(with.Agreement, overlap, company.Name, with.Result, with.Licence, with.FieldOfUse, with.Territory, with.Until));
        }

        return new RightsCheckView(claim.Licence, claim.FieldOfUse, claim.Territory, claim.From, claim.Until, conflicts);
    }
}
