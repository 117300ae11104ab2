using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Credit;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Credit;

/// <summary>An administrator enters a company's innovation figures: they give its points, and the points what it may hold deferred.</summary>
/// <param name="Figures">Every indicator of the newest version, e.g. <c>rdSpendingMinor</c>; 0 for none.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record AssessInnovation(Guid CommandId, OrganisationId Organisation, GrowthStage Stage, IReadOnlyDictionary<string, long> Figures) : ICommandRequest;

internal sealed class AssessInnovationHandler(Commands commands) : IRequestHandler<AssessInnovation, Answer>
{
    public async Task<Answer> Handle(AssessInnovation request, CancellationToken cancellationToken) =>
        await commands.IsCompany(request.Organisation)
            ? await commands.Execute<ICompanyCreditGrain>(
                request, request.Organisation.Value, new Domain.Credit.AssessInnovation(request.Organisation, request.Stage, request.Figures))
            : Refusal.NotFound();
}

internal static class CreditAccess
{
    /// <summary>Only companies defer payment.</summary>
    public static async Task<bool> IsCompany(this Commands commands, OrganisationId id) =>
        await commands.StateOf<IOrganisationGrain, OrganisationState>(id.Value) is { Status: not OrganisationStatus.Absent, Kind: OrganisationKind.Company };
}
