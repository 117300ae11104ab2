using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Licensing;

/// <summary>A lab invites companies to license one of its listed results on these terms.</summary>
/// <param name="ValidUntil">Last local day on which a company may apply.</param>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record MakeOffer(Guid CommandId, LabResultId Result, AgreementTerms Terms, DateOnly ValidUntil) : ICommandRequest;

internal sealed class MakeOfferHandler(Commands commands, IContractTemplates templates) : IRequestHandler<MakeOffer, Answer>
{
    public async Task<Answer> Handle(MakeOffer request, CancellationToken cancellationToken)
    {
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        if (result.Lab is not { } owner)
        {
            return Refusal.NotFound();
        }

        if (templates.Check(request.Terms) is { } untrue)
        {
            return untrue.Under("terms");
        }

        var lab = await commands.StateOf<IOrganisationGrain, OrganisationState>(owner.Value);
        return await commands.Execute<IOfferGrain>(
            request, Id.CreatedBy<OfferId>(request.CommandId).Value,
            new Domain.Licensing.MakeOffer(request.Result, owner, result.Status, lab.Status, request.Terms, request.ValidUntil));
    }
}
