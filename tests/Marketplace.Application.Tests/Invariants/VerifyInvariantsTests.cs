using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

public sealed class VerifyInvariantsTests
{
    [Fact]
    public async Task The_daily_check_says_once_that_all_is_well_and_otherwise_cries_out_row_by_row()
    {
        await using var database = new SqliteDatabase();
        await using var storage = database.NewStorage();
        await storage.Open();
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum());
        var scribe = new Scribe(storage.Journal);
        await scribe.WriteCatalog(story.State.Terms);
        await scribe.WriteAgreement(story.Told);

        var time = new FakeTimeProvider(story.NowUtc);
        using var services = new ServiceCollection().AddMarketplaceCheck().BuildServiceProvider();
        var log = new KeepingLogger();
        var daily = new VerifyInvariants(services.GetRequiredService<MarketplaceCheck>(), storage.Audit, new MarketplaceClock(time), time, log);

        Assert.True((await daily.Run()).IsSound);
        Assert.Equal(LogLevel.Information, Assert.Single(log.Kept).Level);

        log.Kept.Clear();
        time.Advance(TimeSpan.FromDays(800));
        await database.Tamper("update obligations set amount_minor = amount_minor + 1, outstanding_minor = outstanding_minor + 1");
        Assert.False((await daily.Run()).IsSound);
        Assert.All(log.Kept, l => Assert.Equal(LogLevel.Critical, l.Level));
        Assert.Contains(log.Kept, l => l.Text.StartsWith("invariant 15 BROKEN due_work", StringComparison.Ordinal)); // by the clock, not by the newest event
        Assert.Contains(log.Kept, l => l.Text.StartsWith("invariant 19 BROKEN obligations", StringComparison.Ordinal));
    }

    private sealed class KeepingLogger : ILogger<VerifyInvariants>
    {
        public List<(LogLevel Level, string Text)> Kept { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Kept.Add((logLevel, formatter(state, exception)));
    }
}
