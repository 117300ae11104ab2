namespace Marketplace.StripeSimulation;

/// <summary>Something that goes wrong with one request.</summary>
public abstract record Fault
{
    private Fault() { }

    /// <summary>The connection breaks and nothing was done. A client cannot tell it from <see cref="DropAfterWork"/>.</summary>
    public sealed record DropBeforeWork : Fault;

    /// <summary>The work is done and the answer is lost: also what a time-out leaves behind.</summary>
    public sealed record DropAfterWork : Fault;

    /// <summary>Waits for the test before the work. The idempotency key is in use meanwhile.</summary>
    public sealed record HeldBeforeWork(Hold Hold) : Fault;

    /// <summary>Waits for the test after the work, before the answer.</summary>
    public sealed record HeldAfterWork(Hold Hold) : Fault;

    /// <summary>429 rate_limit. Nothing was done.</summary>
    public sealed record RateLimited : Fault;

    /// <summary>429 lock_timeout: somebody else changes the object. Nothing was done.</summary>
    public sealed record LockTimeout : Fault;

    /// <summary>409 idempotency_key_in_use. Nothing was done.</summary>
    public sealed record Conflict : Fault;

    /// <summary>500 and nothing was done. The key forgets it.</summary>
    public sealed record ErrorBeforeWork : Fault;

    /// <summary>500 although the work was done.</summary>
    /// <param name="Remembered">The key keeps answering 500, as Stripe's do; else a retry hears the truth.</param>
    public sealed record ErrorAfterWork(bool Remembered = true) : Fault;

    /// <summary>503 by something that stands before Stripe, with a body that is no JSON. Nothing was done.</summary>
    public sealed record Unavailable : Fault;

    /// <summary>402: the bank says no, whatever the method. For payments, setups and invoices.</summary>
    public sealed record Declines(Decline Why) : Fault
    {
        public Declines()
            : this(Decline.Generic)
        {
        }
    }

    /// <summary>The customer must do something, whatever the method.</summary>
    public sealed record RequiresAction : Fault;

    /// <summary>The payment stays processing until a test settles or fails it.</summary>
    public sealed record StaysProcessing : Fault;

    /// <summary>400 balance_insufficient: for transfers, their reversals, and refunds.</summary>
    public sealed record BalanceInsufficient : Fault;
}

/// <summary>A request that waits until a test lets it go.</summary>
public sealed class Hold
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a request waits here.</summary>
    public Task Arrived => arrived.Task;

    public void Release() => released.TrySetResult();

    internal Task Wait(CancellationToken gone)
    {
        arrived.TrySetResult();
        return released.Task.WaitAsync(gone);
    }
}
