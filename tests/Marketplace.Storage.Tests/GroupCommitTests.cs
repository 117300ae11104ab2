using Marketplace.Journal;
using Xunit;

namespace Marketplace.Storage.Tests;

/// <summary>How commands are gathered and what happens when the database falls silent, in virtual time.</summary>
public sealed class GroupCommitTests : IAsyncDisposable
{
    private readonly AwaitedTime time = new();
    private readonly FakeWriter writer = new();
    private readonly GroupCommit group;

    public GroupCommitTests() => group = new GroupCommit([writer], time, TaskScheduler.Default);

    public ValueTask DisposeAsync() => group.DisposeAsync();

    [Fact]
    public async Task Whatever_is_queued_during_a_commit_goes_into_the_next_one_up_to_256()
    {
        var gate = new TaskCompletionSource();
        writer.Gate = gate.Task;
        var answers = Enumerable.Range(0, 601).Select(i => Append(new Script($"agreement/{i}"))).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(answers), a => Assert.IsType<CommitResult.Committed>(a));
        Assert.All(writer.Batches, b => Assert.InRange(b.Count, 1, 256));
        Assert.True(writer.Batches.Count <= 5, $"{writer.Batches.Count} transactions for 601 commands");
    }

    [Fact]
    public async Task A_batch_holds_one_command_of_a_stream_and_the_others_follow_in_order()
    {
        var gate = new TaskCompletionSource();
        writer.Gate = gate.Task;
        var first = Append(new Script("agreement/first"));
        var script = new Script("agreement/busy");
        var commands = new List<JournalCommand>();
        for (var (version, hash) = (0L, ReadOnlyMemory<byte>.Empty); version < 20; version++)
        {
            var command = new Script(script.Stream, version, hash).Next();
            commands.Add(command);
            hash = PreparedCommand.Prepare(command).HeadHash;
        }

        var answers = commands.Select(c => group.Append(c, CancellationToken.None)).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(answers.Append(first)), a => Assert.IsType<CommitResult.Committed>(a));
        Assert.All(writer.Batches, b => Assert.Equal(b.Count, b.Select(c => c.Stream).Distinct().Count()));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_recognised_and_not_repeated()
    {
        var losses = 1;
        writer.AfterCommit = () =>
        {
            if (losses-- > 0)
            {
                throw new StorageUnreachableException(new IOException("connection lost in commit"));
            }
        };

        Assert.IsType<CommitResult.Committed>(await time.PassUntil(Append(new Script("agreement/a"))));
        Assert.Single(writer.Batches);
        Assert.Equal(1, writer.Reconnections);
    }

    [Fact]
    public async Task A_commit_that_never_reached_the_database_is_written_again()
    {
        var losses = 3;
        writer.BeforeCommit = _ =>
        {
            if (losses-- > 0)
            {
                throw new StorageUnreachableException(new IOException("connection refused"));
            }
        };

        Assert.IsType<CommitResult.Committed>(await time.PassUntil(Append(new Script("agreement/a"))));
        Assert.Equal(4, writer.Batches.Count);
    }

    [Fact]
    public async Task After_ten_seconds_of_silence_callers_are_told_and_later_ones_do_not_wait()
    {
        var down = true;
        void FailWhileDown()
        {
            if (down)
            {
                throw new StorageUnreachableException(new IOException("no route to host"));
            }
        }

        writer.BeforeCommit = _ => FailWhileDown();
        writer.OnReconnect = FailWhileDown;
        var began = time.GetTimestamp();

        await Assert.ThrowsAsync<JournalUnavailableException>(() => time.PassUntil(Append(new Script("agreement/a"))));
        Assert.InRange(time.GetElapsedTime(began).TotalSeconds, 9, 13);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => Append(new Script("agreement/b")));

        down = false;
        Assert.IsType<CommitResult.Committed>(await Append(new Script("agreement/c")));
    }

    [Fact]
    public async Task A_command_that_the_database_cannot_swallow_is_found_by_halving()
    {
        var gate = new TaskCompletionSource();
        writer.Gate = gate.Task;
        var poison = new DivideByZeroException("poison");
        var rejecting = new RejectingWriter(writer, "agreement/77", poison);
        await using var own = new GroupCommit([rejecting], time, TaskScheduler.Default);
        var answers = Enumerable.Range(0, 200).Select(i => own.Append(new Script($"agreement/{i}").Next(), CancellationToken.None)).ToList();
        gate.SetResult();

        Assert.Same(poison, await Assert.ThrowsAsync<DivideByZeroException>(() => answers[77]));
        answers.RemoveAt(77);
        Assert.All(await Task.WhenAll(answers), a => Assert.IsType<CommitResult.Committed>(a));
        Assert.InRange(rejecting.Attempts, 2, 40);
    }

    [Fact]
    public async Task An_unforeseen_failure_reaches_its_callers_and_leaves_the_loop_alive()
    {
        writer.BeforeCommit = _ => throw new NotSupportedException("a bug");
        await Assert.ThrowsAsync<NotSupportedException>(() => Append(new Script("agreement/a")));
        writer.BeforeCommit = _ => { };
        Assert.IsType<CommitResult.Committed>(await Append(new Script("agreement/a")));
    }

    [Fact]
    public async Task A_command_queued_after_closing_is_told_so()
    {
        await group.DisposeAsync();
        Assert.True(writer.IsDisposed);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => Append(new Script("agreement/a")));
    }

    private Task<CommitResult> Append(Script script) => group.Append(script.Next(), CancellationToken.None);

    /// <summary>Refuses every batch that holds one stream, and cannot say which.</summary>
    private sealed class RejectingWriter(FakeWriter inner, string poisoned, Exception reason) : IBatchWriter
    {
        public int Attempts { get; private set; }

        public async Task<Rejection?> TryCommit(IReadOnlyList<PreparedCommand> batch)
        {
            Attempts++;
            await inner.Gate;
            return batch.Any(c => c.Stream == poisoned) ? new Rejection(reason, MayPass: false) : await inner.TryCommit(batch);
        }

        public Task<IReadOnlyList<CommitResult?>> Examine(IReadOnlyList<PreparedCommand> batch) => inner.Examine(batch);

        public Task Reconnect() => inner.Reconnect();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
