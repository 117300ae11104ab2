using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>A confidentiality agreement as it was signed; for its two parties and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetConfidentiality(ConfidentialityId Confidentiality) : IQuery<ConfidentialityView>;

/// <param name="IsOpen">It gives access today.</param>
public sealed record ConfidentialityView(
    ConfidentialityId Confidentiality, LabResultId Result, OrganisationId Lab, OrganisationId Company, BilingualText Title, IReadOnlyList<BilingualText> Paragraphs,
    SignedConfidentiality Signed, EndedAccess? Ended, bool IsOpen);

internal sealed class GetConfidentialityHandler(Commands commands, MarketplaceClock clock) : IRequestHandler<GetConfidentiality, Result<ConfidentialityView>>
{
    public async Task<Result<ConfidentialityView>> Handle(GetConfidentiality request, CancellationToken cancellationToken)
    {
        var state = await commands.StateOf<IConfidentialityGrain, ConfidentialityState>(request.Confidentiality.Value);
        return state is { Result: { } result, Lab: { } lab, Company: { } company, Signed: { } signed } && (commands.Principal.Sees(lab) || commands.Principal.Sees(company))
            ? new ConfidentialityView(
                request.Confidentiality, result, lab, company, ConfidentialityText.Title, ConfidentialityText.Paragraphs(signed.Version, signed.Facts), signed, state.Ended,
                state.IsOpenOn(LocalTime.DateOf(clock.NowUtc)))
            : Refusal.NotFound();
    }
}
