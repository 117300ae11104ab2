using Marketplace.Application.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Sandbox;

public static class SandboxRegistration
{
    /// <summary>Lets intents be paid by the sandbox. Only where everybody knows that no money moves.</summary>
    public static IServiceCollection AddSandboxPayments(this IServiceCollection services) =>
        services.AddSingleton<IPaymentProvider, SandboxPayments>();
}
