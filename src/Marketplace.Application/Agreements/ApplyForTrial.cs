using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

// Inside the namespace, so that the use case hides the rule of the same name.
using ApplyRule = Domain.Agreements.ApplyForTrial;

/// <summary>A company applies for an offer: the agreement begins, on the offered terms as version 1.</summary>
/// <param name="Purpose">What the company wants to try.</param>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record ApplyForTrial(Guid CommandId, OfferId Offer, string? Purpose = null) : ICommandRequest;

internal sealed class ApplyForTrialHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ApplyForTrial, Answer>
{
    public async Task<Answer> Handle(ApplyForTrial request, CancellationToken cancellationToken)
    {
        var offer = await commands.StateOf<IOfferGrain, OfferState>(request.Offer.Value);
        if (offer is not { ResultId: { } resultId, Lab: { } labId, Terms: { } terms })
        {
            return Refusal.NotFound();
        }

        var result = await commands.StateOf<ILabResultGrain, LabResultState>(resultId.Value);
        var lab = await commands.StateOf<IOrganisationGrain, OrganisationState>(labId.Value);
        var company = await commands.StateOf<IOrganisationGrain, OrganisationState>(commands.OwnOrganisation.Value);
        var facts = new ApplicationFacts(
            offer.Status, offer.ValidUntil, result.Status, lab.Status,
            company.Kind == OrganisationKind.Company ? company.Status : OrganisationStatus.Absent,
            await IsHeld(commands.OwnOrganisation, cancellationToken));
        var agreement = Id.CreatedBy<AgreementId>(request.CommandId);
        return await commands.Execute<IAgreementGrain>(
            request, agreement.Value,
            new ApplyRule(agreement, request.Offer, resultId, labId, commands.OwnOrganisation, terms, SplitOf(result.Content!), facts, request.Purpose));
    }

    private async Task<bool> IsHeld(OrganisationId company, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        return await database.Of<AgreementRow>().AnyAsync(a => a.Company == company.Value && a.HoldsApplications, cancel);
    }

    private static InventorSplit SplitOf(ResultContent content) =>
        new(content.InventorPoolPpm, [.. content.Inventors.Select(i => new InventorPart(i.Name, i.SharePpm))]);
}
