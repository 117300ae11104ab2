using System.Net;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Licensing;
using Marketplace.Application.Notices;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;
using Marketplace.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Marketplace.Application.Tests;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.Organisations;

/// <summary>One host: a silo of its own over a storage that several may share, as two hosts share a database.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    public static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");

    private readonly IHost host;
    private readonly IPEndPoint address;

    private TestEngine(IHost host, IPEndPoint address) => (this.host, this.address) = (host, address);

    public MarketplaceDoor Door => host.Services.GetRequiredService<MarketplaceDoor>();

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => host.Services;

    /// <param name="storage">Open; stays the caller's.</param>
    /// <param name="journal">Stands between the grains and the storage.</param>
    /// <param name="joins">The first node of the cluster; null: a cluster of its own.</param>
    public static async Task<TestEngine> Start(
        IStorage storage, IJournal? journal = null, TimeProvider? time = null, Action<IServiceCollection>? configure = null, TestEngine? joins = null)
    {
        var siloPort = LoopbackPort.Free();
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(new MarketplaceClock(time ?? TimeProvider.System));
        builder.Services.AddSingleton(journal ?? storage.Journal);
        builder.Services.AddPooledDbContextFactory<MarketplaceReads>(On(storage)).AddPooledDbContextFactory<NoticesDatabase>(On(storage));
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort, LoopbackPort.Free(), joins?.address).AddMarketplaceSerialization());
        builder.Services.AddMarketplaceApplication().AddSingleton<IContractTemplates, NoTemplates>().AddSingleton<IContractDifference, NoTemplates>();
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new TestEngine(host, joins?.address ?? new IPEndPoint(IPAddress.Loopback, siloPort));
    }

    /// <summary>Tables on a storage, for contexts of our own.</summary>
    public static Action<DbContextOptionsBuilder> On(IStorage storage) => options => _ = storage is SqliteStorage sqlite
        ? options.UseSqlite(sqlite.ConnectionString)
        : options.UseNpgsql(storage.DataSource);

    public static async Task<SqliteStorage> NewStorage(TimeProvider? time = null)
    {
        var storage = new SqliteStorage("Data Source=:memory:", time ?? TimeProvider.System);
        await storage.Open();
        return storage;
    }

    /// <summary>A registration that always goes through on an empty journal.</summary>
    public static RegisterOrganisation Registration(Guid? commandId = null, string nameEn = "Haihe Laboratory") =>
        new(commandId ?? Guid.NewGuid(), OrganisationKind.Lab, new BilingualText("海河实验室", nameEn), "91350100M000100Y43");

    /// <summary>Sends, and expects to be accepted.</summary>
    public async Task<Accepted> Accept(Principal principal, ICommandRequest command) => await Door.Send(principal, command) switch
    {
        Accepted accepted => accepted,
        var other => throw new InvalidOperationException($"{command} was not accepted: {other}"),
    };

    /// <summary>Sends, and expects to be refused; returns the code.</summary>
    public async Task<string> Refuse(Principal principal, ICommandRequest command) => await Door.Send(principal, command) switch
    {
        Refused refused => refused.Refusal.Code,
        var other => throw new InvalidOperationException($"{command} was not refused: {other}"),
    };

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
