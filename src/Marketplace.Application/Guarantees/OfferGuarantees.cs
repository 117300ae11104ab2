using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Guarantees;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Guarantees;

/// <summary>A guarantor says how much it stands for at once in one currency, how large a part, and for what premium. What it has signed stays.</summary>
[MayAsk(ActorRole.Guarantor, For = Duty.Sign, Proven = true)]
public sealed record OfferGuarantees(Guid CommandId, Currency Currency, long CapacityMinor, long PremiumPpm, long MostCoverPpm) : ICommandRequest;

internal sealed class OfferGuaranteesHandler(Commands commands) : IRequestHandler<OfferGuarantees, Answer>
{
    public async Task<Answer> Handle(OfferGuarantees request, CancellationToken cancellationToken)
    {
        var guarantor = await commands.StateOf<IOrganisationGrain, OrganisationState>(commands.OwnOrganisation.Value);
        return guarantor is not { Status: OrganisationStatus.Verified, Kind: OrganisationKind.Guarantor }
            ? Refusal.State("third-party-not-verified", "机构通过核验后才能担保或居间。", "An organisation stands surety or introduces others once it is verified.")
            : await commands.Execute<IGuaranteePoolGrain>(request, commands.OwnOrganisation.Value, new Domain.Guarantees.OfferGuarantees(
                commands.OwnOrganisation, request.Currency, new GuaranteeOffer(request.CapacityMinor, request.PremiumPpm, request.MostCoverPpm)));
    }
}
