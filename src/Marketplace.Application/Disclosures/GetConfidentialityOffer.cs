using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>The confidentiality agreement about a result, for a company to read before it signs.</summary>
[MayAsk(ActorRole.Company, For = Duty.Read)]
public sealed record GetConfidentialityOffer(LabResultId Result) : IQuery<ConfidentialityOfferView>;

/// <param name="Sha256">Of the text: what is signed.</param>
/// <param name="Signed">What the company has signed before, if it has; in force or not.</param>
/// <param name="IsOpen">It gives access today.</param>
/// <param name="EndedFor">Why the lab has ended the company's access; null: it has not.</param>
public sealed record ConfidentialityOfferView(
    LabResultId Result, BilingualText ResultTitle, BilingualText LabName, BilingualText Title, IReadOnlyList<BilingualText> Paragraphs, string Sha256,
    ConfidentialityId? Signed, bool IsOpen, DateOnly? LastDay, string? EndedFor);

internal sealed class GetConfidentialityOfferHandler(Commands commands, MarketplaceClock clock) : IRequestHandler<GetConfidentialityOffer, Result<ConfidentialityOfferView>>
{
    public async Task<Result<ConfidentialityOfferView>> Handle(GetConfidentialityOffer request, CancellationToken cancellationToken)
    {
        var found = await ConfidentialityOffer.Of(commands, request.Result);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var offer = found.Value;
        var id = ConfidentialityId.Of(request.Result, offer.Company);
        var state = await commands.StateOf<IConfidentialityGrain, ConfidentialityState>(id.Value);
        return new ConfidentialityOfferView(
            request.Result, offer.Facts.ResultTitle, offer.Facts.LabName, ConfidentialityText.Title, ConfidentialityText.Paragraphs(ConfidentialityText.Current, offer.Facts),
            offer.Sha256, state.Signed is null ? null : id, state.IsOpenOn(LocalTime.DateOf(clock.NowUtc)), state.Signed?.LastDay, state.Ended?.Reason);
    }
}
