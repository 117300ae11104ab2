using System.Collections.Concurrent;

namespace Marketplace.Journal;

/// <summary>Answers many concurrent questions in few round trips: whatever is asked while the workers are busy is asked together.</summary>
/// <param name="workers">How many round trips may be under way at once.</param>
/// <param name="limit">Most questions of one round trip.</param>
/// <param name="askAll">One round trip; answers in the order of the questions. If it throws, each of its askers gets the exception.</param>
public sealed class Coalescer<TQuestion, TAnswer>(int workers, int limit, Func<IReadOnlyList<TQuestion>, Task<IReadOnlyList<TAnswer>>> askAll)
{
    private readonly ConcurrentQueue<(TQuestion Question, TaskCompletionSource<TAnswer> Answer)> waiting = new();
    private int busy;

    public Task<TAnswer> Ask(TQuestion question)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue((question, answer));
        if (TryBecomeBusy())
        {
            // Away from the caller's scheduler: a grain must not carry the round trips of others on its turn.
            _ = Task.Run(Work);
        }

        return answer.Task;
    }

    private bool TryBecomeBusy()
    {
        for (var seen = Volatile.Read(ref busy); seen < workers;)
        {
            var before = Interlocked.CompareExchange(ref busy, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    private async Task Work()
    {
        do
        {
            while (TakeBatch() is { Count: > 0 } batch)
            {
                await Answer(batch);
            }

            Interlocked.Decrement(ref busy);

            // Somebody may have asked after the last look and found every worker still busy.
        }
        while (!waiting.IsEmpty && TryBecomeBusy());
    }

    private List<(TQuestion Question, TaskCompletionSource<TAnswer> Answer)> TakeBatch()
    {
        var batch = new List<(TQuestion, TaskCompletionSource<TAnswer>)>();
        while (batch.Count < limit && waiting.TryDequeue(out var next))
        {
            batch.Add(next);
        }

        return batch;
    }

    private async Task Answer(List<(TQuestion Question, TaskCompletionSource<TAnswer> Answer)> batch)
    {
        try
        {
            var answers = await askAll([.. batch.Select(b => b.Question)]);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer.SetResult(answers[i]);
            }
        }
        catch (Exception failure)
        {
            batch.ForEach(b => b.Answer.TrySetException(failure));
        }
    }
}
