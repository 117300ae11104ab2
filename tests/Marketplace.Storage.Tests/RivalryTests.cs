using CsCheck;
using Marketplace.Journal;
using Xunit;

namespace Marketplace.Storage.Tests;

public sealed class Rivals_on_sqlite() : RivalryTests(OnSqlite);

public sealed class Rivals_on_postgres() : RivalryTests(OnPostgres);

/// <summary>Two hosts (on SQLite: two deciders in one process) that write the same streams without knowing of each other.</summary>
public abstract class RivalryTests(Func<Task<Database>> create) : StorageTest(create)
{
    [Fact]
    public async Task Rivals_interleave_on_many_streams_and_every_acknowledged_command_is_there_exactly_once()
    {
        await using var other = Database is SqliteDatabase ? null : Database.NewStorage();
        if (other is not null)
        {
            await other.Open();
        }

        await Database.CreateCards();
        IJournal[] journals = [Journal, other?.Journal ?? Journal];

        // Who plays, on which stream, how many events, whether a row that rivals share is written too.
        var move = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 7], Gen.Int[1, 3], Gen.Bool);
        var games = 0;
        await move.Array[60].SampleAsync(
            async moves =>
            {
                var game = $"g{Interlocked.Increment(ref games)}";
                var acknowledged = (await Task.WhenAll(moves.Select(m =>
                    Play(journals[m.Item1], $"{game}/{m.Item2}", m.Item3, m.Item4 ? Script.Card($"{game}-{m.Item2 % 3}", m.Item3) : null)))).Sum();

                long stored = 0;
                for (var i = 0; i < 8; i++)
                {
                    stored += (await journals[i % 2].Load($"{game}/{i}", "s1")).Version;
                }

                return stored == acknowledged && acknowledged == moves.Sum(m => (long)m.Item3);
            },
            iter: 20, threads: 1);
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task A_command_sent_to_both_rivals_happens_once()
    {
        await using var other = Database is SqliteDatabase ? null : Database.NewStorage();
        if (other is not null)
        {
            await other.Open();
        }

        for (var i = 0; i < 30; i++)
        {
            var command = new Script($"agreement/{i}").Next();
            var answers = await Task.WhenAll(Journal.Append(command), (other?.Journal ?? Journal).Append(command));
            Assert.All(answers, a => Assert.Equal(1, Assert.IsType<CommitResult.Committed>(a).Version));
        }

        Assert.Equal(30, await Database.Scalar<long>("select count(*) from events"));
    }

    /// <summary>Decides again on every conflict, as a grain does; returns how many events became durable.</summary>
    private static async Task<long> Play(IJournal journal, string stream, int events, RowChange? row)
    {
        while (true)
        {
            var loaded = await journal.Load(stream, "s1");
            var script = new Script(stream, loaded.Version, loaded.HeadHash);
            var command = script.Next(events: events, amountMinor: 0, rows: row is null ? [] : [row]);
            switch (await journal.Append(command))
            {
                case CommitResult.Committed: return events;
                case CommitResult.Conflict: continue;
                case var unexpected: throw new InvalidOperationException(unexpected.ToString());
            }
        }
    }
}
