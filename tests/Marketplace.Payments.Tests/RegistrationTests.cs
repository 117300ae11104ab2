using Marketplace.Application.Payments;
using Marketplace.Host.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketplace.Payments.Tests;

/// <summary>Pretended money only where everybody knows that it is pretended.</summary>
public sealed class RegistrationTests
{
    private const string Embedded = "Data Source=:memory:";
    private const string Production = "Host=127.0.0.1;Database=none"; // composed, never opened

    [Theory]
    [InlineData(Embedded, null, true)]
    [InlineData(Embedded, "false", false)]
    [InlineData(Production, null, false)]
    [InlineData(Production, "false", false)]
    [InlineData(Production, "true", true)]
    public void The_sandbox_is_there_in_the_embedded_mode_or_when_it_is_asked_for(string connectionString, string? setting, bool isThere)
    {
        using var host = Compose(connectionString, setting);
        var providers = host.Services.GetRequiredService<PaymentProviders>();
        Assert.Equal(isThere ? null : "provider-unknown", providers.Check("sandbox", "sandbox:ok")?.Code);
    }

    [Fact]
    public void What_no_provider_knows_is_refused_with_the_field_at_fault()
    {
        using var host = Compose(Embedded, null);
        var providers = host.Services.GetRequiredService<PaymentProviders>();
        Assert.Null(providers.Check("sandbox", "sandbox:partial-40"));
        foreach (var (provider, method, code, field) in ((string?, string?, string, string)[])
        [
            ("stripe", "sandbox:ok", "provider-unknown", "provider"),
            ("Sandbox", "sandbox:ok", "provider-unknown", "provider"),
            (null, null, "provider-unknown", "provider"),
            ("sandbox", "card", "method-unknown", "method"),
            ("sandbox", null, "method-unknown", "method"),
        ])
        {
            var refusal = providers.Check(provider, method);
            Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
        }
    }

    private static IHost Compose(string connectionString, string? setting)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Configuration[Engine.SandboxSwitch] = setting;
        builder.AddMarketplaceEngine(connectionString);
        return builder.Build();
    }
}
