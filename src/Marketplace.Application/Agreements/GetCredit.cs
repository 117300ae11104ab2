using Marketplace.Application.Credit;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Credit;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>How much a company may hold deferred, and what holds it: for itself and for administrators.</summary>
[MayAsk(ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetCredit(OrganisationId Organisation) : IQuery<CreditView>;

/// <param name="Assessment">The innovation points with their parts; null: not assessed.</param>
/// <param name="Limits">Per currency in which there is a limit or something is held.</param>
/// <param name="Held">By agreement, as it is today.</param>
public sealed record CreditView(OrganisationId Company, InnovationAssessment? Assessment, IReadOnlyList<LimitView> Limits, IReadOnlyList<AgreementExposure> Held);

/// <param name="Limit">Null: nobody has set one, so nothing can be signed in this currency.</param>
public sealed record LimitView(Money? Limit, Money Held);

internal sealed class GetCreditHandler(Commands commands, Reservations reservations) : IRequestHandler<GetCredit, Result<CreditView>>
{
    public async Task<Result<CreditView>> Handle(GetCredit request, CancellationToken cancellationToken)
    {
        if (!commands.Principal.Sees(request.Organisation) || !await commands.IsCompany(request.Organisation))
        {
            return Refusal.NotFound();
        }

        var credit = await commands.StateOf<ICompanyCreditGrain, CompanyCreditState>(request.Organisation.Value);
        var held = (await reservations.ExposuresNow(credit)).Where(e => e.Amount.AmountMinor > 0).ToList();
        var currencies = held.Select(e => e.Amount.Currency).Append(Currency.Cny).Concat(credit.Limits.Keys.Select(code => Currency.Parse(code, "currency").Value)).Distinct();
        return new CreditView(
            request.Organisation,
            credit.Assessment is { } a ? InnovationIndex.Version(a.WeightsVersion).Assess(a.Stage, a.Figures).Value : null,
            [
                .. from currency in currencies
                   orderby currency.Code
                   select new LimitView(
                       credit.LimitMinor(currency) is { } limit ? new Money(limit, currency) : null,
                       new Money(held.Where(e => e.Amount.Currency == currency).Sum(e => e.Amount.AmountMinor), currency)),
            ],
            held);
    }
}
