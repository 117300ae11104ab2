using System.Threading.Channels;

namespace Marketplace.Journal;

/// <summary>Takes what is queued, writes it as one transaction, answers the callers; again, until completed and empty.</summary>
internal sealed class WriterLoop(IBatchWriter writer, TimeProvider time)
{
    private const int BatchLimit = 256;
    private const int QueueLimit = 4096;
    private const int RepeatLimit = 5;

    private readonly Channel<PreparedCommand> queue =
        Channel.CreateBounded<PreparedCommand>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    /// <summary>Commands whose stream is already in the batch: one per stream and batch, in their order.</summary>
    private readonly Queue<PreparedCommand> held = new();

    private readonly HashSet<string> streams = new(StringComparer.Ordinal);
    private readonly Outage outage = new(time);

    public async ValueTask Enqueue(PreparedCommand command, CancellationToken cancel)
    {
        try
        {
            await queue.Writer.WriteAsync(command, cancel).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new JournalUnavailableException("The journal is closing; the command was not taken.", closed);
        }
    }

    public void Complete() => queue.Writer.TryComplete();

    public async Task Run()
    {
        await using (writer)
        {
            while (held.Count > 0 || await queue.Reader.WaitToReadAsync())
            {
                var batch = TakeBatch();
                try
                {
                    await Write(batch);
                }
                catch (Exception unforeseen)
                {
                    // A bug, or a database that answers what it never should. It belongs to the callers of this batch;
                    // the commands after them are not to blame and still need their loop.
                    outage.Begin();
                    Fail(batch, unforeseen);
                }
            }
        }
    }

    private List<PreparedCommand> TakeBatch()
    {
        var batch = new List<PreparedCommand>();
        streams.Clear();

        // The held ones go round whole, so that those of one stream keep their order.
        for (var waiting = held.Count; waiting > 0; waiting--)
        {
            Consider(held.Dequeue());
        }

        while (batch.Count < BatchLimit && held.Count < QueueLimit && queue.Reader.TryRead(out var next))
        {
            Consider(next);
        }

        return batch;

        void Consider(PreparedCommand command)
        {
            if (batch.Count < BatchLimit && streams.Add(command.Stream))
            {
                batch.Add(command);
            }
            else
            {
                held.Enqueue(command);
            }
        }
    }

    /// <summary>Answers every command of the batch, across outages for as long as there is patience.</summary>
    private async Task Write(List<PreparedCommand> batch)
    {
        while (true)
        {
            try
            {
                if (outage.IsOpen)
                {
                    // What the lost connection did is unknown: ask for each command before writing any again.
                    await writer.Reconnect();
                    batch = Settle(batch, await writer.Examine(batch));
                }

                await CommitOrDivide(batch);
                outage.End();
                return;
            }
            catch (StorageUnreachableException unreachable)
            {
                outage.Begin();
                batch.RemoveAll(c => c.Answer.Task.IsCompleted);
                if (!await outage.WaitBeforeRetry())
                {
                    Fail(batch, new JournalUnavailableException($"The database cannot be written to: {unreachable.Message}", unreachable));
                    return;
                }
            }
        }
    }

    /// <summary>
    /// Writes the batch. If the database rejects it, sets aside whom the database can name (stale, duplicate) and tries without them;
    /// if it can name nobody, halves the batch, until whoever is to blame stands alone.
    /// </summary>
    private async Task CommitOrDivide(List<PreparedCommand> batch)
    {
        for (var repeats = 0; batch.Count > 0; repeats++)
        {
            var rejection = await writer.TryCommit(batch);
            if (rejection is null)
            {
                batch.ForEach(c => c.Answer.SetResult(c.Committed));
                return;
            }

            var rest = Settle(batch, await writer.Examine(batch));
            if (rest.Count == batch.Count && batch.Count > 1)
            {
                await CommitOrDivide(batch.GetRange(0, batch.Count / 2));
                await CommitOrDivide(batch.GetRange(batch.Count / 2, batch.Count - batch.Count / 2));
                return;
            }

            if (rest.Count == batch.Count && !(rejection.MayPass && repeats < RepeatLimit))
            {
                Fail(batch, rejection.Reason);
                return;
            }

            batch = rest;
        }
    }

    /// <summary>Answers the commands that have a verdict; returns those without.</summary>
    private static List<PreparedCommand> Settle(List<PreparedCommand> batch, IReadOnlyList<CommitResult?> verdicts)
    {
        var open = new List<PreparedCommand>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (verdicts[i] is { } verdict)
            {
                batch[i].Answer.SetResult(verdict);
            }
            else
            {
                open.Add(batch[i]);
            }
        }

        return open;
    }

    private static void Fail(List<PreparedCommand> batch, Exception reason)
    {
        foreach (var command in batch)
        {
            command.Answer.TrySetException(reason);
        }
    }
}
