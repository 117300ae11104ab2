using Marketplace.Journal;
using Xunit;

namespace Marketplace.Storage.Tests;

public sealed class Checking_on_sqlite() : CheckTests(OnSqlite);

public sealed class Checking_on_postgres() : CheckTests(OnPostgres);

/// <summary>Each test vandalises one thing behind the journal's back and expects the row to be named.</summary>
public abstract class CheckTests(Func<Task<Database>> create) : StorageTest(create)
{
    private const string Third = "where stream = 'agreement/b' and version = 3";

    [Fact]
    public async Task A_sound_journal_has_no_findings()
    {
        await Write();
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task A_changed_body_breaks_its_own_hash_and_nothing_else()
    {
        await Write();
        await Database.Tamper($"update events set body = '{{}}' {Third}");
        Assert.Equal([(4, "events agreement/b version 3")], await Found());
    }

    [Theory]
    [InlineData("actor = 'System:nobody'")]
    [InlineData("type = 'SomethingElse'")]
    [InlineData("recorded_at_utc = (select recorded_at_utc from events where stream = 'agreement/a' and version = 1)")]
    public async Task Whatever_else_an_event_says_is_covered_by_its_hash(string change)
    {
        await Write();
        await Database.Tamper($"update events set {change} {Third}");
        Assert.Equal([(4, "events agreement/b version 3")], await Found());
    }

    [Fact]
    public async Task A_rewritten_hash_breaks_the_chain_behind_it()
    {
        await Write();
        await Database.Tamper($"update events set hash = previous_hash {Third}");
        Assert.Equal([(4, "events agreement/b version 3"), (4, "events agreement/b version 4")], await Found());
    }

    [Fact]
    public async Task A_changed_amount_is_named_to_the_leg()
    {
        await Write();
        await Database.Tamper($"update postings set amount_minor = amount_minor + 1 {Third} and leg = 1");
        Assert.Equal(
            [
                (4, "events agreement/b version 3"), (3, "postings agreement/b version 3 entry 0 leg 1"),
                (1, "postings agreement/b version 3 entry 0"), (2, "postings"),
            ],
            await Found());
    }

    [Fact]
    public async Task A_changed_balance_is_named_to_the_leg()
    {
        await Write();
        await Database.Tamper($"update postings set balance_after_minor = 7 {Third} and leg = 0");
        var found = await Found();
        Assert.Contains((3, "postings agreement/b version 3 entry 0 leg 0"), found);
        Assert.Contains((4, "events agreement/b version 3"), found);
        Assert.Contains((3, "postings agreement/b version 4 entry 0 leg 0"), found);
    }

    [Fact]
    public async Task A_deleted_leg_leaves_an_entry_that_does_not_balance()
    {
        await Write();
        await Database.Tamper($"delete from postings {Third} and leg = 1");
        var found = await Found();
        Assert.Contains((1, "postings agreement/b version 3 entry 0"), found);
        Assert.Contains((2, "postings"), found);
    }

    [Fact]
    public async Task A_deleted_event_leaves_a_gap_and_orphaned_postings()
    {
        await Write();
        await Database.Tamper($"delete from events {Third}");
        var found = await Found();
        Assert.Contains((4, "events agreement/b version 4"), found);
        Assert.Contains((4, "postings agreement/b version 3 entry 0 leg 0"), found);
        Assert.Contains((4, "postings agreement/b version 3 entry 0 leg 1"), found);
    }

    [Fact]
    public async Task A_command_whose_last_event_was_cut_off_says_so()
    {
        var script = new Script("agreement/b");
        await script.Play(Journal, script.Next(events: 3, amountMinor: 0));
        await Database.Tamper($"delete from events {Third}");
        Assert.Equal([(5, "events agreement/b version 2")], await Found());
    }

    [Fact]
    public async Task A_snapshot_beyond_its_stream_says_that_events_are_missing()
    {
        var script = new Script("agreement/b");
        await script.Play(Journal, script.Next(amountMinor: 0));
        await script.Play(Journal, script.Next(amountMinor: 0, snapshot: "state"));
        await Database.Tamper("delete from events where version = 2");
        Assert.Equal([(4, "snapshots agreement/b version 2")], await Found());
    }

    [Fact]
    public async Task A_repeated_command_id_is_found_on_both_rows()
    {
        await Write();
        await Database.Tamper("""
            drop index events_command;
            update events set command_id = (select command_id from events where stream = 'agreement/a' and version = 1)
            where stream = 'agreement/c' and version = 1;
            """);
        var found = await Found();
        Assert.Contains((5, "events agreement/a version 1"), found);
        Assert.Contains((5, "events agreement/c version 1"), found);
        Assert.Contains((4, "events agreement/c version 1"), found);
    }

    private async Task<List<(int Invariant, string Row)>> Found() => [.. (await Check()).Select(f => (f.Invariant, f.Row))];

    private async Task Write()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            var script = new Script($"agreement/{name}");
            for (var i = 0; i < 4; i++)
            {
                await script.Play(Journal);
            }
        }
    }
}
