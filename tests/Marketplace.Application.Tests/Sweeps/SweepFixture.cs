using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketplace.Application.Tests.Sweeps;

/// <summary>One engine for the tests of a class, whose clock stands still. Each test sweeps for a purpose of its own.</summary>
public abstract class SweepFixture : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    public IStorage Storage { get; private set; } = null!;

    public ScriptedJournal Journal { get; private set; } = null!;

    public TestEngine Engine { get; private set; } = null!;

    public FakeTimeProvider Time { get; } = new(Now);

    public async ValueTask InitializeAsync()
    {
        Storage = await OpenStorage();
        Journal = new ScriptedJournal(Storage.Journal);
        Engine = await TestEngine.Start(Storage, Journal, Time);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public static DueWorkSweep SweepOf(TestEngine engine) => engine.Services.GetRequiredService<DueWorkSweep>();

    /// <summary>Writes due work as a grain would.</summary>
    /// <param name="ago">How long it has been due; null: nothing is due any more.</param>
    public async Task Due(string purpose, TimeSpan? ago, params IEnumerable<string> streams)
    {
        var written = await Storage.Journal.Append(new JournalCommand(
            $"test/{Guid.NewGuid():N}", 0, default, Guid.NewGuid(), new byte[32], "test", Now, [new NewEvent("tested", "{}", [])],
            [.. streams.Select(s => ReadTable.Change(DueWork.Row(s, purpose, Now - ago)))]));
        Assert.IsType<CommitResult.Committed>(written);
    }

    /// <summary>Everything that is known of failures of this purpose, by stream.</summary>
    public async Task<List<DueWorkFailureRow>> Failures(string purpose)
    {
        await using var reads = await Engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return await reads.Of<DueWorkFailureRow>().Where(f => f.Purpose == purpose).OrderBy(f => f.Stream).ToListAsync();
    }

    protected abstract Task<IStorage> OpenStorage();
}

public sealed class SweepsOnSqlite : SweepFixture
{
    protected override async Task<IStorage> OpenStorage() => await TestEngine.NewStorage();
}

public sealed class SweepsOnPostgres : SweepFixture
{
    private PostgresCluster cluster = null!;
    private string connectionString = "";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await cluster.DropDatabase(connectionString);
    }

    protected override async Task<IStorage> OpenStorage()
    {
        cluster = await PostgresCluster.Shared;
        connectionString = await cluster.CreateDatabase();
        var storage = new PostgresStorage(connectionString, TimeProvider.System);
        await storage.Open();
        return storage;
    }
}
