using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Payments;
using MediatR;

namespace Marketplace.Application.Payments;

/// <summary>How one's own organisation is known to payment providers; administrators see everybody's.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetPaymentProfile(OrganisationId Organisation) : IQuery<PaymentProfileView>;

/// <param name="Providers">Those that have pages of their own, whether they know the organisation or not.</param>
public sealed record PaymentProfileView(OrganisationId Organisation, OrganisationKind Kind, IReadOnlyList<ProviderProfile> Providers);

/// <param name="PageWays">As in <see cref="IHostedPages.Ways"/>.</param>
/// <param name="Customer">The provider's id of it as somebody who pays; null: it has none.</param>
/// <param name="Saved">What it has left to pay with, by method, as people know it: <c>visa •••• 4242</c>.</param>
/// <param name="Payee">The provider's id of it as somebody who is paid; null: it has none.</param>
public sealed record ProviderProfile(
    string Provider, IReadOnlyList<PageWay> PageWays, string? Customer, IReadOnlyDictionary<string, string> Saved, string? Payee, PayeeStanding Standing);

/// <summary>Whether a provider pays somebody.</summary>
public enum PayeeStanding
{
    /// <summary>It has not said who it is.</summary>
    Unknown,

    /// <summary>Papers are missing or being looked at, or the provider has closed the account; its page says which.</summary>
    Barred,

    Cleared,
}

internal sealed class GetPaymentProfileHandler(Commands commands, IEnumerable<IHostedPages> pages) : IRequestHandler<GetPaymentProfile, Result<PaymentProfileView>>
{
    public async Task<Result<PaymentProfileView>> Handle(GetPaymentProfile request, CancellationToken cancellationToken)
    {
        if (!commands.Principal.Sees(request.Organisation)
            || await commands.StateOf<IOrganisationGrain, OrganisationState>(request.Organisation.Value) is not { Status: not OrganisationStatus.Absent } organisation)
        {
            return Refusal.NotFound();
        }

        var providers = new List<ProviderProfile>();
        foreach (var provider in pages)
        {
            var profile = await commands.StateOf<IPaymentProfileGrain, PaymentProfile>(IPaymentProfileGrain.KeyOf(provider.Name, request.Organisation));
            providers.Add(new ProviderProfile(
                provider.Name, provider.Ways, profile.Customer, profile.Saved, profile.Payee,
                profile.Payee is null ? PayeeStanding.Unknown : profile.MayBePaid ? PayeeStanding.Cleared : PayeeStanding.Barred));
        }

        return new PaymentProfileView(request.Organisation, organisation.Kind, providers);
    }
}
