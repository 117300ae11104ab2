namespace Marketplace.Journal;

/// <summary>
/// Makes the commands of many callers durable together: whatever is queued while one transaction commits becomes the next.
/// Nobody waits for a batch to fill, so a lone command is as fast as it would be alone.
/// </summary>
/// <remarks>
/// Each loop has its own writer, and a stream always goes to the same loop, so commands of one stream stay in order
/// and loops of one process never race for a stream. Other processes may: the database decides, see <see cref="IBatchWriter"/>.
/// </remarks>
public sealed class GroupCommit : IAsyncDisposable
{
    private readonly WriterLoop[] loops;
    private readonly Task[] running;

    /// <param name="writers">One loop each. Owned: disposed when the loops have ended.</param>
    /// <param name="scheduler">Where loops run; a storage whose writes block brings its own thread.</param>
    public GroupCommit(IReadOnlyList<IBatchWriter> writers, TimeProvider time, TaskScheduler scheduler)
    {
        loops = [.. writers.Select(w => new WriterLoop(w, time))];
        running = [.. loops.Select(l => Task.Factory.StartNew(l.Run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap())];
    }

    /// <inheritdoc cref="IJournal.Append"/>
    /// <remarks>Cancelling works until the command is queued. From then on it may become durable, so its answer is awaited.</remarks>
    public Task<CommitResult> Append(JournalCommand command, CancellationToken cancel)
    {
        var prepared = PreparedCommand.Prepare(command);
        var loop = loops[(uint)command.Stream.GetHashCode(StringComparison.Ordinal) % (uint)loops.Length];
        var queued = loop.Enqueue(prepared, cancel);

        // There is nearly always room, and then the caller waits for the answer itself, with no step of ours between.
        return queued.IsCompletedSuccessfully ? prepared.Answer.Task : AnswerOnceQueued(queued, prepared);
    }

    /// <summary>Takes no more commands, answers those that are queued, and closes the writers.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var loop in loops)
        {
            loop.Complete();
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private static async Task<CommitResult> AnswerOnceQueued(ValueTask queued, PreparedCommand prepared)
    {
        await queued.ConfigureAwait(false);
        return await prepared.Answer.Task.ConfigureAwait(false);
    }
}
