using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Payments;

/// <summary>Where an organisation that is to be paid tells a provider who it is and where to. It comes back to its payment settings.</summary>
/// <param name="Provider">One that has pages of its own: see <see cref="GetPaymentProfile"/>.</param>
[MayAsk(ActorRole.Lab, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Finance, Proven = true)]
public sealed record PayeePage(OrganisationId Organisation, string Provider) : IQuery<HostedPage>;

internal sealed class PayeePageHandler(HostedPages pages, SiteAddress site) : IRequestHandler<PayeePage, Result<HostedPage>>
{
    /// <summary>A unified social credit code is given to whoever is registered in mainland China, and every organisation here has one.</summary>
    private const string Country = "CN";

    public Task<Result<HostedPage>> Handle(PayeePage request, CancellationToken cancellationToken) => pages.About(
        request.Organisation, request.Provider, [OrganisationKind.Lab, OrganisationKind.Guarantor, OrganisationKind.Broker],
        (provider, payee) => provider.ToBePaid(request.Organisation, payee.Name.Zh, Country, site.Of(SiteAddress.PaymentSettings), cancellationToken));
}
