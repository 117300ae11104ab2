using CsCheck;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Reference;
using Marketplace.Application.Tests.Agreements;

/// <summary>Whatever the rules allow is sound: a check that cries wolf is switched off.</summary>
public sealed class SoundStoryTests
{
    [Fact]
    public async Task Every_stage_of_an_agreement_is_sound()
    {
        foreach (var story in AllStages.Stories())
        {
            await IsSound(story);
        }
    }

    [Fact]
    public Task So_is_every_random_story() => RandomStories.Any.SampleAsync(
        async told =>
        {
            var story = RandomStories.Begin(told.Terms, told.StartDay, told.Smooth);
            foreach (var move in told.Moves)
            {
                story.Sleep($"{story.Today.AddDays(move.DaysBefore):yyyy-MM-dd}");
                var (actor, command) = RandomStories.Asked(story, move);
                story.Ask(actor, command);
            }

            await IsSound(story.Wake());
        },
        iter: 50);

    [Fact]
    public async Task What_the_engine_writes_is_sound()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
        await using var storage = await TestEngine.NewStorage();
        await using var engine = await TestEngine.Start(storage, time: time);
        var deal = await new AgreementTestDeal(engine, time).Open();
        var agreement = await deal.Convert();
        await deal.Apply(deal.OtherCompany);
        deal.Sleep(400);
        await engine.Grains.GrainOf($"agreement/{agreement}").Wake(DueWork.Obligations);
        await engine.Accept(TestEngine.Administrator, new RecordReceipt(Guid.NewGuid(), agreement, "bank", "line 1", new Money(120_000_00, Currency.Cny), deal.Today));
        await engine.Accept(deal.Lab, new DistributeIncome(Guid.NewGuid(), agreement));
        await engine.Accept(TestEngine.Administrator, new PublishLpr(Guid.NewGuid(), new DateOnly(2026, 11, 20), 30_000));

        var check = engine.Services.GetRequiredService<MarketplaceCheck>();
        Assert.Empty(await check.Run(storage.Audit, time.GetUtcNow()).ToListAsync());
    }

    [Fact]
    public void Every_kind_of_stream_that_a_grain_writes_is_checked()
    {
        using var services = new ServiceCollection().AddMarketplaceCheck().BuildServiceProvider();
        Assert.Superset(StreamDirectory.Kinds.ToHashSet(), services.GetServices<AuditedKind>().Select(k => k.Name).ToHashSet());
    }

    [Fact]
    public void Every_read_table_is_compared_with_the_events()
    {
        using var services = new ServiceCollection().AddMarketplaceCheck().BuildServiceProvider();
        var compared = services.GetServices<AuditedKind>().SelectMany(k => k.Tables).Select(t => t.Table.Schema.Name).Append("due_work");
        Assert.Equal(ReadTable.All.Select(t => t.Schema.Name).Order(), compared.Order());
    }

    private static async Task IsSound(AgreementStory story)
    {
        await using var storage = new SqliteStorage("Data Source=:memory:", TimeProvider.System);
        await storage.Open();
        var scribe = new Scribe(storage.Journal);
        await scribe.WriteCatalog(story.State.Proposals[0].Terms);
        await scribe.WriteAgreement(story.Told);
        using var services = new ServiceCollection().AddMarketplaceCheck().BuildServiceProvider();
        Assert.Empty(await services.GetRequiredService<MarketplaceCheck>().Run(storage.Audit, story.NowUtc).Where(f => f.Invariant != Invariant.UnknownIsLookedUp).ToListAsync());
    }
}
