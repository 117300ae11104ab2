using Marketplace.Host.Tests.Seeds;
using Marketplace.Journal;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests;

/// <summary>The engine on an empty database that outlives it, with all invariants at its end. Derived once per database.</summary>
public abstract class EngineTest(bool onPostgres) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-payments-");

    protected bool IsOnPostgres => onPostgres;

    protected PaymentEngine Engine { get; private set; } = null!;

    protected string ConnectionString { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = onPostgres ? await (await PostgresCluster.Shared).CreateDatabase() : $"Data Source={Path.Combine(folder.FullName, "marketplace.db")}";
        Engine = await PaymentEngine.Start(ConnectionString);
    }

    public virtual async ValueTask DisposeAsync()
    {
        Assert.Empty(await Engine.Check());
        await Engine.DisposeAsync();
        if (onPostgres)
        {
            await (await PostgresCluster.Shared).DropDatabase(ConnectionString);
        }

        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The process ends, and another one begins on the same database at the same time.</summary>
    protected async Task Restart(Action<IServiceCollection>? configure = null)
    {
        var at = Engine.NowUtc;
        await Engine.DisposeAsync();
        Engine = await PaymentEngine.Start(ConnectionString, at, configure: configure);
    }

    /// <summary>Another process, with a journal that a test can let die.</summary>
    private protected async Task<MortalJournal> RestartMortal()
    {
        MortalJournal mortal = null!;
        await Restart(services =>
        {
            var journal = services.Last(s => s.ServiceType == typeof(IJournal));
            services.Remove(journal);
            services.AddSingleton<IJournal>(p => mortal = new MortalJournal((IJournal)journal.ImplementationFactory!(p)));
        });
        _ = Engine.Services.GetRequiredService<IJournal>();
        return mortal;
    }
}
