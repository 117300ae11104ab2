using Marketplace.Journal;
using Xunit;

namespace Marketplace.Storage.Tests;

public sealed class Reading_on_sqlite() : ReadingTests(OnSqlite);

public sealed class Reading_on_postgres() : ReadingTests(OnPostgres);

public abstract class ReadingTests(Func<Task<Database>> create) : StorageTest(create)
{
    [Fact]
    public async Task A_stream_that_does_not_exist_loads_as_version_0()
    {
        var loaded = await Journal.Load("agreement/none", "s1");
        Assert.Equal(0, loaded.Version);
        Assert.Null(loaded.Snapshot);
        Assert.Empty(loaded.HeadHash.ToArray());
    }

    [Fact]
    public async Task A_stream_loads_from_its_snapshot_and_what_came_after()
    {
        var script = new Script("agreement/a");
        await script.Play(Journal, script.Next(events: 4, snapshot: "old"));
        await script.Play(Journal, script.Next(snapshot: "state at 5"));

        var atSnapshot = await Journal.Load("agreement/a", "s1");
        Assert.Equal(new StoredSnapshot(5, "state at 5"), atSnapshot.Snapshot);
        Assert.Empty(atSnapshot.Tail);
        Assert.Equal(script.Hash.ToArray(), atSnapshot.HeadHash.ToArray());

        await script.Play(Journal, script.Next(events: 2));
        var loaded = await Journal.Load("agreement/a", "s1");
        Assert.Equal(5, loaded.Snapshot!.Version);
        Assert.Equal([6L, 7L], loaded.Tail.Select(e => e.Version));
        Assert.Equal(7, loaded.Version);
        Assert.Equal(script.Hash.ToArray(), loaded.HeadHash.ToArray());
    }

    [Fact]
    public async Task A_snapshot_of_another_shape_is_ignored()
    {
        var script = new Script("agreement/a");
        await script.Play(Journal, script.Next(events: 3, snapshot: "state", schema: "s1"));

        var loaded = await Journal.Load("agreement/a", "s2");
        Assert.Null(loaded.Snapshot);
        Assert.Equal([1L, 2L, 3L], loaded.Tail.Select(e => e.Version));
    }

    [Fact]
    public async Task Concurrent_loads_each_get_their_own_stream()
    {
        var scripts = Enumerable.Range(0, 400).Select(i => new Script($"agreement/{i}")).ToList();
        await Task.WhenAll(scripts.Select((s, i) => s.Play(Journal, s.Next(events: 1 + (i % 3), snapshot: i % 2 == 0 ? $"state {i}" : null))));

        var loaded = await Task.WhenAll(scripts.Select(s => Journal.Load(s.Stream, "s1")));

        for (var i = 0; i < scripts.Count; i++)
        {
            Assert.Equal((scripts[i].Stream, scripts[i].Version), (loaded[i].Stream, loaded[i].Version));
            Assert.Equal(i % 2 == 0 ? $"state {i}" : null, loaded[i].Snapshot?.Body);
            Assert.Equal(scripts[i].Hash.ToArray(), loaded[i].HeadHash.ToArray());
        }
    }

    [Fact]
    public async Task Reading_all_pages_through_every_event_once_in_the_order_of_each_stream()
    {
        var scripts = Enumerable.Range(0, 60).Select(i => new Script($"agreement/{i}")).ToList();
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(scripts.Select(s => s.Play(Journal, s.Next(events: 2))));
        }

        var all = await ReadEverything();
        Assert.Equal(600, all.Count);
        Assert.All(all.GroupBy(e => e.Stream), g => Assert.Equal(Enumerable.Range(1, 10).Select(v => (long)v), g.Select(e => e.Version)));
        Assert.All(all, e => Assert.Equal(2, e.Postings.Count));
    }

    [Fact]
    public async Task The_first_instant_is_told_whoever_writes_meanwhile()
    {
        Assert.Null(await Journal.FirstInstant());
        var script = new Script("agreement/a");
        await script.Play(Journal, script.Next(events: 3));
        var first = (await ReadEverything())[0].RecordedAtUtc;

        await using var rival = Database.NewConnection();
        await rival.OpenAsync();
        await using var writing = await rival.BeginTransactionAsync();
        await using var command = rival.CreateCommand();
        (command.Transaction, command.CommandText) = (writing, "create table rivals (id integer)");
        await command.ExecuteNonQueryAsync();

        Assert.Equal(first, await Journal.FirstInstant());
        await writing.RollbackAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_follows_writers_misses_nothing()
    {
        const int Streams = 40, Rounds = 20;
        var writers = Task.WhenAll(Enumerable.Range(0, Streams).Select(async i =>
        {
            var script = new Script($"agreement/{i}");
            for (var round = 0; round < Rounds; round++)
            {
                await script.Play(Journal);
            }
        }));

        var seen = new List<RecordedEvent>();
        for (var at = JournalPosition.Start; seen.Count < Streams * Rounds;)
        {
            var page = await Journal.ReadAll(at, 17, TestContext.Current.CancellationToken);
            seen.AddRange(page);
            at = page.Count > 0 ? page[^1].Position : at;
        }

        await writers;
        Assert.Equal(Streams * Rounds, seen.Select(e => (e.Stream, e.Version)).Distinct().Count());
        Assert.All(seen.GroupBy(e => e.Stream), g => Assert.Equal(g.Select(e => e.Version).Order(), g.Select(e => e.Version)));
    }

    [Fact]
    public async Task Places_are_those_of_all_events_in_the_order_of_reading_all()
    {
        Assert.Null(await Journal.LastPlace());
        var scripts = Enumerable.Range(0, 20).Select(i => new Script($"result/{i}")).ToList();
        await Task.WhenAll(scripts.Select(s => s.Play(Journal, s.Next(events: 3))));
        var all = await ReadEverything();

        var places = new List<EventPlace>();
        while (places.Count < all.Count)
        {
            places.AddRange(await Journal.ReadPlaces(places.Count > 0 ? places[^1].Position : JournalPosition.Start, 7));
        }

        Assert.Equal(all.Select(e => (e.Position, e.Stream, Convert.ToHexString(e.Hash.Span))), places.Select(p => (p.Position, p.Stream, Convert.ToHexString(p.Hash.Span))));
        Assert.Equal(places.Select(p => p.Position).Order(), places.Select(p => p.Position));
        Assert.Equal(places[^1].Position, (await Journal.LastPlace())!.Position);
        Assert.Empty(await Journal.ReadPlaces(places[^1].Position, 7));
    }

    [Fact]
    public async Task Heads_are_listed_by_name_with_their_newest_version_and_hash()
    {
        var scripts = new[] { "b", "a/2", "a/10", "B", "a" }.Select(n => new Script(n)).ToList();
        foreach (var script in scripts)
        {
            await script.Play(Journal, script.Next(events: 2));
            await script.Play(Journal);
        }

        var heads = await Journal.ReadHeads().ToListAsync();
        Assert.Equal(["B", "a", "a/10", "a/2", "b"], heads.Select(h => h.Stream));
        Assert.All(heads, h => Assert.Equal(3, h.Version));
        Assert.Equal(scripts[0].Hash.ToArray(), heads[^1].Hash.ToArray());
    }

    [Fact]
    public async Task A_search_finds_newest_first_what_fits_and_pages_back()
    {
        var (one, other) = (new Script("agreement/a"), new Script("bank-line/b"));
        for (var round = 0; round < 5; round++)
        {
            await one.Play(Journal, one.Next(events: 2));
            await other.Play(Journal);
        }

        Task<IReadOnlyList<RecordedEvent>> Search(JournalSearch search, int limit = 100) => Journal.Search(search, limit);
        var all = await ReadEverything();
        Assert.Equal(all.AsEnumerable().Reverse().Select(e => e.Hash.ToArray()), (await Search(new())).Select(e => e.Hash.ToArray()));
        Assert.Equal(10, (await Search(new("agreement/"))).Count);
        Assert.Equal(5, (await Search(new("bank-line/b"))).Count);
        Assert.Empty(await Search(new("bank-line/bb")));
        Assert.Empty(await Search(new("agreemen_/")));
        Assert.Equal(all.Count(e => e.Type == all[0].Type), (await Search(new(Type: all[0].Type))).Count);
        Assert.Equal(all.Count, (await Search(new(ActorPart: all[0].Actor[1..]))).Count);
        Assert.Empty(await Search(new(ActorPart: "%")));
        Assert.Equal(all.Count, (await Search(new(FromUtc: all[0].RecordedAtUtc, UntilUtc: all[^1].RecordedAtUtc.AddDays(1)))).Count);
        Assert.Empty(await Search(new(UntilUtc: all[0].RecordedAtUtc)));

        var paged = new List<RecordedEvent>();
        for (JournalPosition? before = null; paged.Count < all.Count; before = paged[^1].Position)
        {
            var page = await Search(new(Before: before), 4);
            Assert.NotEmpty(page);
            paged.AddRange(page);
        }

        Assert.Equal(all.AsEnumerable().Reverse().Select(e => (e.Stream, e.Version)), paged.Select(e => (e.Stream, e.Version)));
        Assert.All(paged, e => Assert.Equal(2, e.Postings.Count));
    }

    [Fact]
    public async Task Turnover_sums_what_was_recorded_in_a_span_over_all_streams()
    {
        var (one, other) = (new Script("agreement/a"), new Script("bank-line/b"));
        await one.Play(Journal, one.Next(amountMinor: 1));
        var second = one.Next(events: 2);
        await one.Play(Journal, second); // 100 each, recorded together
        await other.Play(Journal, other.Next(amountMinor: -7));
        await other.Play(Journal, other.Next(amountMinor: 0)); // no posting
        var last = one.Next(amountMinor: 9);
        await one.Play(Journal, last);

        Assert.Equal(
            [new AccountTurnover("cash", "CNY", 210, 7, 5), new AccountTurnover("receivable.principal", "CNY", 7, 210, 0)],
            (await Journal.Turnover(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue)).OrderBy(t => t.Account));

        // From its first instant, until before its last.
        Assert.Equal(
            [new AccountTurnover("cash", "CNY", 200, 0, 2), new AccountTurnover("receivable.principal", "CNY", 0, 200, 0)],
            (await Journal.Turnover(second.RecordedAtUtc, last.RecordedAtUtc)).OrderBy(t => t.Account));
        Assert.Empty(await Journal.Turnover(last.RecordedAtUtc.AddTicks(10), DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Long_streams_and_many_heads_cross_page_borders()
    {
        var script = new Script("agreement/long");
        await script.Play(Journal, script.Next(events: 1001));
        await Task.WhenAll(Enumerable.Range(0, 1005).Select(i => new Script($"offer/{i}").Play(Journal)));

        Assert.Equal(1001, await Journal.ReadStream("agreement/long").CountAsync());
        Assert.Equal(1006, await Journal.ReadHeads().CountAsync());
        Assert.Empty(await Check());
    }
}
