using Marketplace.Application.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Sandbox;

public static class SandboxRegistration
{
    /// <summary>What the sandbox is called in mandates and intents; pages mark its money by it.</summary>
    public const string ProviderName = SandboxPayments.ProviderName;

    /// <summary>Lets intents be paid by the sandbox. Only where everybody knows that no money moves.</summary>
    public static IServiceCollection AddSandboxPayments(this IServiceCollection services) =>
        services.AddSingleton<IPaymentProvider, SandboxPayments>();

    /// <summary>Lets its books be checked, also on a host that no longer takes orders for it.</summary>
    public static IServiceCollection AddSandboxCheck(this IServiceCollection services) => services.AddSingleton(SandboxAudit.Kind);
}
