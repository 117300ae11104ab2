using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace Marketplace.Application.Tests.Grains;

/// <summary>What travels between two silos arrives as it was sent, though no domain type knows of Orleans.</summary>
public sealed class SerializationTests : IAsyncLifetime
{
    private static readonly Uscc Code = Uscc.Parse("91350100M000100Y43", "uscc").Value;

    private SqliteStorage storage = null!;
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await TestEngine.NewStorage();
        engine = await TestEngine.Start(storage);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public void A_command_envelope_arrives_with_its_command()
    {
        var command = new Domain.Organisations.RegisterOrganisation(OrganisationKind.Lab, new BilingualText("海河", "Haihe"), Code, null);
        var sent = new CommandEnvelope(Guid.NewGuid(), [1, 2, 3], new Actor(ActorRole.Lab, OrganisationId.ForUscc(Code), "wang"), command);
        var arrived = Travel(sent);

        Assert.Equal(sent with { RequestHash = arrived.RequestHash }, arrived);
        Assert.Equal(sent.RequestHash, arrived.RequestHash);
        Assert.IsType<Domain.Organisations.RegisterOrganisation>(arrived.Command);
    }

    [Fact]
    public void Answers_arrive()
    {
        Assert.Equal(new Accepted("org_1", 7), Travel<Answer>(new Accepted("org_1", 7)));
        var refused = new Refused(Refusal.Invalid("some-code", "中文", "English", "terms.plan[0]"));
        Assert.Equal(refused, Travel<Answer>(refused));
    }

    [Fact]
    public void States_arrive()
    {
        var state = new OrganisationState(OrganisationStatus.Verified, OrganisationKind.Lab, new BilingualText("海河", "Haihe"), Code, null, null);
        Assert.Equal(state, Travel(state));
    }

    [Fact]
    public void The_state_of_what_does_not_exist_arrives()
    {
        Assert.NotEmpty(GrainTypes.All);
        Assert.All(GrainTypes.All.Select(GrainTypes.InitialOf), state =>
        {
            var arrived = Travel(state);
            Assert.Equal(state.GetType(), arrived.GetType());
            Assert.Equal(CanonicalJson.Write(state), CanonicalJson.Write(arrived));
        });
    }

    [Fact]
    public void An_unavailable_journal_arrives_as_what_it_is() =>
        Assert.Equal("down", Assert.IsType<JournalUnavailableException>(Travel<Exception>(new JournalUnavailableException("down"))).Message);

    private T Travel<T>(T value) where T : class
    {
        var serializer = engine.Services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value)) ?? throw new InvalidOperationException("Nothing arrived.");
    }
}
