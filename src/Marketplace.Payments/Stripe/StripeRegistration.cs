using Marketplace.Application.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Stripe;

public static class StripeRegistration
{
    private static readonly TimeSpan AddressesMayChange = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What a webhook endpoint at Stripe must be registered for.</summary>
    public static IReadOnlyList<string> NoticeTypes => StripeBooks.Types;

    /// <summary>Lets intents be paid by Stripe, and Stripe be heard.</summary>
    public static IServiceCollection AddStripePayments(this IServiceCollection services, StripeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(_ => new StripeApi(settings, new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = AddressesMayChange }) { Timeout = Patience }));
        services.AddSingleton<StripeCustomers>();
        services.AddSingleton<StripePaymentIntents>();
        services.AddSingleton<CheckoutPages>();
        services.AddSingleton<IStripeWay>(provider => provider.GetRequiredService<CheckoutPages>());
        services.AddSingleton<Invoices>();
        services.AddSingleton<IStripeWay>(provider => provider.GetRequiredService<Invoices>());
        services.AddSingleton<IStripeWay, SavedMethods>();
        services.AddSingleton<IStripeWay, Transfers>();
        services.AddSingleton<IStripeWay, Refunds>();
        services.AddSingleton<IStripeWay, TransferReversals>();
        services.AddSingleton<IPaymentProvider, StripePayments>();
        services.AddSingleton<IProviderBooks, StripeBooks>();
        return services.AddSingleton<IHostedPages, StripePages>();
    }
}
