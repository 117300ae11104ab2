using Marketplace.Application.Door;
using Marketplace.Application.Guarantees;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Guarantees;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>What a guarantor stands for, what it is asked to pay, and what it may get back: for itself and for administrators.</summary>
[MayAsk(ActorRole.Guarantor, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetGuarantees(OrganisationId Organisation) : IQuery<GuaranteesView>;

/// <param name="Offers">By currency.</param>
/// <param name="Covers">As they are today.</param>
public sealed record GuaranteesView(
    OrganisationId Guarantor, IReadOnlyDictionary<string, GuaranteeOffer> Offers, IReadOnlyList<AgreementCover> Covers, IReadOnlyList<GuaranteeClaimView> Claims);

/// <param name="Claim">Number within the agreement.</param>
/// <param name="Subrogated">Paid by the guarantor, and not recovered from the company.</param>
public sealed record GuaranteeClaimView(AgreementId Agreement, int Claim, int Obligation, Money Amount, DateOnly PayBy, Money Paid, Money Subrogated);

internal sealed class GetGuaranteesHandler(Commands commands, Reservations reservations) : IRequestHandler<GetGuarantees, Result<GuaranteesView>>
{
    public async Task<Result<GuaranteesView>> Handle(GetGuarantees request, CancellationToken cancellationToken)
    {
        var pool = await commands.StateOf<IGuaranteePoolGrain, GuaranteePoolState>(request.Organisation.Value);
        if (!commands.Principal.Sees(request.Organisation))
        {
            return Refusal.NotFound();
        }

        var claims = new List<GuaranteeClaimView>();
        foreach (var id in pool.Covers.Keys.Select(AgreementId.Wrap))
        {
            var agreement = await commands.StateOf<IAgreementGrain, Agreement>(id.Value);
            var currency = agreement.Terms.Currency;
            claims.AddRange(agreement.GuaranteeClaims.Select((c, i) => new GuaranteeClaimView(
                id, i + 1, c.Obligation, new Money(c.AmountMinor, currency), c.PayBy, new Money(c.PaidMinor, currency), new Money(c.SubrogatedMinor, currency))));
        }

        return new GuaranteesView(request.Organisation, pool.Offers, [.. (await reservations.CoversNow(pool)).Where(c => c.Amount.AmountMinor > 0)], claims);
    }
}
