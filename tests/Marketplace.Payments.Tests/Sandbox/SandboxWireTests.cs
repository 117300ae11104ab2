using System.Runtime.CompilerServices;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Marketplace.Payments.Tests.Sandbox;

/// <summary>What is kept, and what travels between silos, is read as it was written.</summary>
public sealed class SandboxWireTests
{
    [Fact]
    public async Task Event_names_and_their_members_are_those_that_were_approved()
    {
        var path = Path.Combine(FolderOf(), "..", "Frozen", "events.txt");
        string[] present =
        [
            .. EventCatalog<SandboxEvent>.Instance.Types
                .Select(t => $"sandbox/{t.Key} {string.Join(' ', CanonicalJson.Options.GetTypeInfo(t.Value).Properties.Select(p => p.Name))}")
                .Order(StringComparer.Ordinal),
        ];
        if (Environment.GetEnvironmentVariable("MARKETPLACE_APPROVE") == "1")
        {
            await File.WriteAllLinesAsync(path, present);
        }

        Assert.Equal(await File.ReadAllLinesAsync(path), present);
    }

    [Fact]
    public async Task Orders_and_payments_travel_and_are_kept()
    {
        await using var engine = await PaymentEngine.Start();
        var serializer = engine.Services.GetRequiredService<Serializer>();
        T Travel<T>(T value) => serializer.Deserialize<T>(serializer.SerializeToArray(value)) ?? throw new InvalidOperationException("Nothing arrived.");

        var story = SandboxStory.Begin();
        Assert.Null(story.Ask("sandbox:decline-once", Deals.Yuan(101)));
        var ended = story.State with { MovedMinor = 101, EndedOn = Deals.Day("2026-03-04") };
        foreach (var payment in (SandboxPayment[])[SandboxPayment.NeverHeardOf, story.State, ended])
        {
            Assert.Equal(payment, Travel(payment));
            Assert.Equal(payment, CanonicalJson.Read<SandboxPayment>(CanonicalJson.Write(payment)));
        }

        var order = new TakeOrder(SandboxStory.Order("sandbox:ok", Deals.Yuan(101), IntentKind.Refund));
        var envelope = Travel(new CommandEnvelope(Guid.NewGuid(), [1], Actor.System, order));
        Assert.Equal(order, envelope.Command);
        Assert.Equal(new DecidePayment(), Travel<SandboxCommand>(new DecidePayment()));
        var catalog = EventCatalog<SandboxEvent>.Instance;
        Assert.All(story.Events, e => Assert.Equal(e, catalog.Read(catalog.NameOf(e), CanonicalJson.Write(e))));
    }

    private static string FolderOf([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
