using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Payments;

/// <summary>Where a company leaves a way to pay with a provider, for collections at the due date. It comes back to its payment settings.</summary>
/// <param name="Provider">One that has pages of its own: see <see cref="GetPaymentProfile"/>.</param>
[MayAsk(ActorRole.Company, ActorRole.Administrator, For = Duty.Finance)]
public sealed record SaveMethodPage(OrganisationId Organisation, string Provider) : IQuery<HostedPage>;

internal sealed class SaveMethodPageHandler(HostedPages pages, SiteAddress site) : IRequestHandler<SaveMethodPage, Result<HostedPage>>
{
    public Task<Result<HostedPage>> Handle(SaveMethodPage request, CancellationToken cancellationToken) => pages.About(
        request.Organisation, request.Provider, [OrganisationKind.Company],
        (provider, _) => provider.ToSaveMethod(request.Organisation, site.Of(SiteAddress.PaymentSettings), cancellationToken));
}
