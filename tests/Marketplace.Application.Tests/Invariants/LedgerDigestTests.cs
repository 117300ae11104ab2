using Marketplace.Application.Invariants;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

public sealed class LedgerDigestTests : IAsyncLifetime
{
    private static readonly AgreementStory Story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Pay(150_000);
    private readonly List<(Database Database, IStorage Storage)> opened = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var (database, storage) in opened)
        {
            await storage.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_digest_is_the_same_on_both_databases_and_in_any_order_of_streams()
    {
        var sqlite = await Open(new SqliteDatabase());
        var scribe = new Scribe(sqlite.Journal);
        await scribe.WriteCatalog(Story.State.Terms);
        await scribe.WriteAgreement(Story.Told);

        var postgres = await Open(await PostgresDatabase.Create());
        scribe = new Scribe(postgres.Journal);
        await scribe.WriteAgreement(Story.Told);
        await scribe.WriteCatalog(Story.State.Terms);

        var digest = await LedgerDigest.Of(sqlite.Audit);
        Assert.Matches("^[0-9a-f]{64}$", digest);
        Assert.Equal(digest, await LedgerDigest.Of(postgres.Audit));
    }

    [Theory]
    [InlineData("update events set body = replace(body, '150000', '150001')")]
    [InlineData("update events set type = 'application-declined' where type = 'application-accepted'")]
    [InlineData("update events set actor = 'System:system' where version = 1")]
    [InlineData("update events set recorded_at_utc = recorded_at_utc + 1 where version = 1")]
    [InlineData("update postings set amount_minor = amount_minor + 1")]
    [InlineData("update postings set balance_after_minor = balance_after_minor + 1")]
    [InlineData("update postings set account = 'cash' where account = 'unapplied'")]
    [InlineData("delete from events where type = 'obligation-arose'")]
    public async Task Whatever_changes_the_content_changes_the_digest(string change)
    {
        var database = new SqliteDatabase();
        var storage = await Open(database);
        await new Scribe(storage.Journal).WriteAgreement(Story.Told);
        var before = await LedgerDigest.Of(storage.Audit);
        await database.Tamper(change);
        Assert.NotEqual(before, await LedgerDigest.Of(storage.Audit));
    }

    [Fact]
    public async Task Nothing_else_does()
    {
        var database = new SqliteDatabase();
        var storage = await Open(database);
        await new Scribe(storage.Journal).WriteAgreement(Story.Told);
        var before = await LedgerDigest.Of(storage.Audit);
        await database.Tamper("update events set command_id = randomblob(16), position = position + 1000; update postings set position = position + 4096000; delete from agreements;");
        Assert.Equal(before, await LedgerDigest.Of(storage.Audit));
    }

    private async Task<IStorage> Open(Database database)
    {
        var storage = database.NewStorage();
        await storage.Open();
        opened.Add((database, storage));
        return storage;
    }
}
