using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using Orleans;
using Api = Stripe;

namespace Marketplace.Payments.Stripe;

/// <summary>How organisations are known to Stripe. A name is kept before anything is paid under it.</summary>
internal sealed class StripeCustomers(IGrainFactory grains, StripeApi stripe)
{
    public Task<PaymentProfile> Of(OrganisationId organisation) => GrainOf(organisation).State();

    /// <summary>The customer of a company, made when it has none.</summary>
    public async Task<string> CustomerOf(OrganisationId company, CancellationToken cancel)
    {
        if ((await Of(company)).Customer is { } known)
        {
            return known;
        }

        var customer = await StripeApi.Ask(
            async () => await stripe.V1.Customers.CreateAsync(
                new Api.CustomerCreateOptions { Name = await NameOf(company), Email = await MailOf(company), Metadata = new() { [StripeMark.Organisation] = company.Value } },
                new Api.RequestOptions { IdempotencyKey = $"customer:{company}" }, cancel),
            cancel);
        await Tell(company, new NameCustomer(customer.Id));
        return (await Of(company)).Customer!;
    }

    public async Task<string> NameOf(OrganisationId organisation) =>
        (await grains.GetGrain<IOrganisationGrain>(organisation.Value).State()).Name?.Zh is { Length: > 0 } name ? name : organisation.Value;

    private async Task<string?> MailOf(OrganisationId organisation) => (await grains.GetGrain<IOrganisationGrain>(organisation.Value).State()).ContactMail;

    public async Task Tell(OrganisationId organisation, PaymentProfileCommand command)
    {
        var id = DerivedId.Guid("profile", StripeSettings.ProviderName, organisation.Value, command.ToString());
        if (await GrainOf(organisation).Execute(CommandEnvelope.BySystem(id, command)) is Refused { Refusal: var refusal })
        {
            throw new PaymentOrderRefusedException(refusal);
        }
    }

    private IPaymentProfileGrain GrainOf(OrganisationId organisation) =>
        grains.GetGrain<IPaymentProfileGrain>(IPaymentProfileGrain.KeyOf(StripeSettings.ProviderName, organisation));
}
