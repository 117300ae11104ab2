using Microsoft.Extensions.Time.Testing;

namespace Marketplace.Storage.Tests;

/// <summary>Virtual time that knows whether anybody waits for it: letting it pass while somebody is merely slow would be a different story.</summary>
internal sealed class AwaitedTime : FakeTimeProvider
{
    private int waiting;

    /// <summary>Lets time pass, a millisecond at a time and only while somebody waits for it, until the answer is there.</summary>
    public async Task<T> PassUntil<T>(Task<T> answer)
    {
        while (!answer.IsCompleted)
        {
            if (Volatile.Read(ref waiting) > 0)
            {
                Advance(TimeSpan.FromMilliseconds(1));
            }

            await Task.Yield();
        }

        return await answer;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref waiting); // not before it runs: time would pass under whoever is about to wait
        return new CountedTimer(timer, () => Interlocked.Decrement(ref waiting));
    }

    private sealed class CountedTimer(ITimer timer, Action ended) : ITimer
    {
        private Action? ended = ended;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            Interlocked.Exchange(ref ended, null)?.Invoke();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
