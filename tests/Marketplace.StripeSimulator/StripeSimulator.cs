using System.Net;
using Marketplace.StripeSimulation.Resources;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.StripeSimulation;

/// <summary>
/// A Stripe of our own on a loopback port: it keeps state and books, speaks the wire format, checks every request against Stripe's
/// declarations, and fails as a test, or chance, wants it to. Thread-safe. It never waits by itself.
/// </summary>
public sealed class StripeSimulator : IAsyncDisposable, IDisposable
{
    private readonly WebApplication server;

    private StripeSimulator(WebApplication server, World world, Families families, Faults faults)
    {
        this.server = server;
        Options = world.Options;
        Faults = faults;
        Deliveries = new Deliveries(world);
        Acts = new Acts(world, families);
        Books = new Books(world);
        Url = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public StripeOptions Options { get; }

    /// <summary>For StripeClientOptions.ApiBase, without its last slash.</summary>
    public Uri Url { get; }

    public string ApiKey => Options.ApiKey;

    public IReadOnlyList<string> WebhookSecrets => Options.WebhookSecrets;

    public Faults Faults { get; }

    public Deliveries Deliveries { get; }

    public Acts Acts { get; }

    public Books Books { get; }

    /// <summary>The endpoints that are played, as the contract spells them.</summary>
    public static IReadOnlyCollection<string> Played => [.. new Families(new World(TimeProvider.System, new StripeOptions())).Routes.Keys];

    /// <param name="time">The clock of keys, sessions, funds and signatures; it may be moved forward.</param>
    public static StripeSimulator Start(TimeProvider time, StripeOptions? options = null)
    {
        var world = new World(time, options ?? new StripeOptions());
        var families = new Families(world);
        var faults = new Faults();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var front = new Front(world, families, faults, server.Lifetime.ApplicationStopping);
        server.Run(front.Handle);
        server.Start();
        return new StripeSimulator(server, world, families, faults);
    }

    public async ValueTask DisposeAsync()
    {
        Deliveries.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
