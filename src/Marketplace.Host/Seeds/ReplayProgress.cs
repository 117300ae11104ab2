namespace Marketplace.Host.Seeds;

/// <summary>How far times that are over are played, or times to come: until that ends the clock of the rules stands at their instants, pages may be read, and whoever acts waits.</summary>
public sealed class ReplayProgress
{
    private volatile Reached? reached;

    /// <summary>Ends with the replay, and as it does; already done in a host that plays nothing.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Null: nothing is being played.</summary>
    public Reached? Current => Ended.IsCompleted ? null : reached;

    internal void Begin(Task replay) => Ended = replay;

    internal void Reach(int steps, int of) => reached = new Reached.Steps(steps, of);

    internal void Reach(DateOnly day, DateOnly until) => reached = new Reached.Days(day, until);

    public abstract record Reached
    {
        /// <summary>Of the demo data.</summary>
        /// <param name="Done">How many are played.</param>
        /// <param name="Of">How many there are.</param>
        public sealed record Steps(int Done, int Of) : Reached;

        /// <summary>On the way to a day to come.</summary>
        public sealed record Days(DateOnly Day, DateOnly Until) : Reached;
    }
}
