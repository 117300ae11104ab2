using Marketplace.Journal;
using Xunit;

namespace Marketplace.Storage.Tests;

public sealed class Appending_on_sqlite() : AppendTests(OnSqlite);

public sealed class Appending_on_postgres() : AppendTests(OnPostgres);

public abstract class AppendTests(Func<Task<Database>> create) : StorageTest(create)
{
    [Fact]
    public async Task A_committed_command_is_read_back_whole()
    {
        var script = new Script("agreement/a");
        var command = script.Next(events: 2);
        var committed = Assert.IsType<CommitResult.Committed>(await script.Play(Journal, command));
        Assert.Equal(2, committed.Version);

        var events = await Journal.ReadStream("agreement/a").ToListAsync();
        Assert.Equal([1L, 2L], events.Select(e => e.Version));
        Assert.Equal(command.Events[1].Body, events[1].Body);
        Assert.Equal(command.Events[1].Postings, events[1].Postings);
        Assert.Equal(command.CommandId, events[1].CommandId);
        Assert.Equal(command.RequestHash.ToArray(), events[1].RequestHash.ToArray());
        Assert.Equal(command.RecordedAtUtc, events[1].RecordedAtUtc);
        Assert.Equal(command.Actor, events[1].Actor);
        Assert.Empty(events[0].PreviousHash.ToArray());
        Assert.Equal(events[0].Hash.ToArray(), events[1].PreviousHash.ToArray());
        Assert.Equal(committed.Hash.ToArray(), events[1].Hash.ToArray());
        Assert.Equal(EventHash.Compute(events[1]), events[1].Hash.ToArray());
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task A_stale_writer_gets_a_conflict_and_writes_nothing()
    {
        var script = new Script("agreement/a");
        await script.Play(Journal);
        var stale = new Script("agreement/a", script.Version, script.Hash);
        await script.Play(Journal);

        Assert.IsType<CommitResult.Conflict>(await stale.Play(Journal));
        Assert.IsType<CommitResult.Conflict>(await new Script("agreement/a").Play(Journal));
        Assert.Equal(2, (await Journal.Load("agreement/a", "s1")).Version);
    }

    [Fact]
    public async Task A_version_gap_is_impossible()
    {
        var script = new Script("agreement/a");
        await script.Play(Journal);

        Assert.IsType<CommitResult.Conflict>(await new Script("agreement/a", 5, script.Hash).Play(Journal));
        Assert.IsType<CommitResult.Conflict>(await new Script("agreement/unknown", 1, script.Hash).Play(Journal));
        Assert.Single(await ReadEverything());
    }

    [Fact]
    public async Task A_decision_on_another_history_of_the_same_length_is_a_conflict()
    {
        var script = new Script("agreement/a");
        await script.Play(Journal);
        Assert.IsType<CommitResult.Conflict>(await new Script("agreement/a", 1, new byte[32]).Play(Journal));
    }

    [Fact]
    public async Task One_stale_command_does_not_hold_up_its_neighbours()
    {
        var victim = new Script("agreement/000");
        await victim.Play(Journal);
        var scripts = Enumerable.Range(1, 300).Select(i => new Script($"agreement/{i:000}")).ToList();
        var stale = new Script("agreement/000");

        var answers = await Task.WhenAll(scripts.Append(stale).Select(s => s.Play(Journal)));

        Assert.IsType<CommitResult.Conflict>(answers[^1]);
        Assert.All(answers[..^1], a => Assert.IsType<CommitResult.Committed>(a));
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task A_repeated_command_is_answered_with_the_first()
    {
        var script = new Script("agreement/a");
        var command = script.Next(events: 3, request: "first");
        await script.Play(Journal, command);
        await script.Play(Journal);

        var later = script.Next(id: command.CommandId, request: "second");
        var duplicate = Assert.IsType<CommitResult.Duplicate>(await script.Play(Journal, later));
        Assert.Equal(("agreement/a", 3L), (duplicate.First.Stream, duplicate.First.Version));
        Assert.Equal(Script.RequestHash("first"), duplicate.First.RequestHash.ToArray());
        var found = await Journal.Find(command.CommandId);
        Assert.Equal(3, found!.Version);
        Assert.Null(await Journal.Find(Guid.NewGuid()));
    }

    [Fact]
    public async Task The_very_same_command_sent_again_is_answered_as_committed()
    {
        var script = new Script("agreement/a");
        var command = script.Next();
        var first = Assert.IsType<CommitResult.Committed>(await Journal.Append(command));
        var again = Assert.IsType<CommitResult.Committed>(await Journal.Append(command));
        Assert.Equal(first.Hash.ToArray(), again.Hash.ToArray());
        Assert.Single(await ReadEverything());
    }

    [Fact]
    public async Task A_command_id_names_one_command_in_the_whole_journal()
    {
        var id = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
        {
            var script = new Script($"agreement/{i}");
            return script.Play(Journal, script.Next(id: id));
        }));

        Assert.Single(answers.OfType<CommitResult.Committed>());
        Assert.Equal(49, answers.OfType<CommitResult.Duplicate>().Count());
        Assert.Single(await ReadEverything());
    }

    [Fact]
    public async Task Rows_are_inserted_and_then_replaced_with_their_types()
    {
        await Database.CreateCards();
        var script = new Script("agreement/a");
        await script.Play(Journal, script.Next(rows: [Script.Card("c1", 5), Script.Card("c2", 6)]));
        await script.Play(Journal, script.Next(rows: [Script.Card("c1", 7), Script.Card("c1", 8)]));
        await script.Play(Journal, script.Next(rows: [new RowChange(Database.Cards, ["c3", 1L, null, null, null, null])]));

        Assert.Equal(8, await Database.Scalar<long>("select amount_minor from cards where id = 'c1'"));
        Assert.Equal(3, await Database.Scalar<long>("select count(*) from cards"));
        var (instant, date, truth) = Database is SqliteDatabase
            ? ("due_at_utc = 1774972800000000", "due_on = '2026-04-01'", "is_open = 1")
            : ("due_at_utc = '2026-03-31T16:00:00Z'", "due_on = date '2026-04-01'", "is_open");
        Assert.Equal(1, await Database.Scalar<long>($"select count(*) from cards where id = 'c1' and {instant} and {date} and {truth}"));
    }

    [Fact]
    public async Task A_poisoned_row_fails_alone_with_its_own_exception()
    {
        await Database.CreateCards();
        var good = Enumerable.Range(0, 200).Select(i => new Script($"agreement/{i}")).ToList();
        var bad = new Script("agreement/bad");

        var poisoned = bad.Play(Journal, bad.Next(rows: [Script.Card("poison", -1)]));
        var answers = await Task.WhenAll(good.Select(s => s.Play(Journal, s.Next(rows: [Script.Card(s.Stream, 1)]))));

        Assert.All(answers, a => Assert.IsType<CommitResult.Committed>(a));
        var thrown = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => poisoned);
        Assert.Contains("amount_minor", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(200, await Database.Scalar<long>("select count(*) from cards"));
        Assert.Equal(0, (await Journal.Load("agreement/bad", "s1")).Version);
        Assert.IsType<CommitResult.Committed>(await bad.Play(Journal));
    }

    [Fact]
    public async Task A_row_of_an_unknown_table_fails_alone()
    {
        var bad = new Script("agreement/bad");
        var poisoned = bad.Play(Journal, bad.Next(rows: [Script.Card("c", 1)]));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => new Script($"agreement/{i}").Play(Journal)));

        Assert.All(answers, a => Assert.IsType<CommitResult.Committed>(a));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => poisoned);
    }

    [Fact]
    public async Task Commands_that_break_the_contract_never_reach_the_writer()
    {
        var script = new Script("agreement/a");
        var good = script.Next();
        JournalCommand[] broken =
        [
            good with { Events = [] },
            good with { Stream = "协议/a" },
            good with { RequestHash = new byte[5] },
            good with { ExpectedVersion = 1 },
            good with { RecordedAtUtc = good.RecordedAtUtc.AddTicks(1) },
            good with { Events = [new NewEvent("Paid", "{}", [new Posting(0, "cash", "CNY", 1, 1), new Posting(0, "due", "CNY", -2, -2)])] },
            good with { Events = [new NewEvent("Paid", "{}", [new Posting(0, "cash", "CNY", 1, 1)])] },
            good with { Events = [new NewEvent("Paid", "{}", [new Posting(0, "cash", "CNY", 1, 1), new Posting(0, "due", "USD", -1, -1)])] },
            good with { Events = [new NewEvent("Paid", "\0", [])] },
            good with { Events = [new NewEvent("Paid", "\ud800", [])] },
            good with { Rows = [new RowChange(Database.Cards, ["c", 1, 1, true, null, null])] },
            good with { Rows = [new RowChange(Database.Cards, [null, 1L, 1, true, null, null])] },
        ];
        foreach (var command in broken)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Journal.Append(command));
        }

        Assert.IsType<CommitResult.Committed>(await script.Play(Journal, good));
    }

    [Fact]
    public async Task Closing_answers_everything_that_was_queued()
    {
        var answers = Enumerable.Range(0, 500).Select(i => new Script($"agreement/{i}").Play(Journal)).ToList();
        await Storage.DisposeAsync();
        Assert.All(await Task.WhenAll(answers), a => Assert.IsType<CommitResult.Committed>(a));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("postings")]
    public async Task The_ledger_accepts_no_update_and_no_delete(string table)
    {
        await new Script("agreement/a").Play(Journal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Execute($"update {table} set version = version + 1"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Execute($"delete from {table}"));
        if (Database is PostgresDatabase)
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Execute($"truncate {table}"));
        }

        Assert.Empty(await Check());
    }
}
