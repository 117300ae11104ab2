namespace Marketplace.Host.Seeds;

/// <summary>How far the demo data is played. Until that ends the clock of the rules stands in the past: pages may be read, whoever acts waits.</summary>
public sealed class ReplayProgress
{
    private volatile Reached? reached;

    /// <summary>Ends with the replay, and as it does; already done in a host that plays nothing.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Null: nothing is being played.</summary>
    public Reached? Current => Ended.IsCompleted ? null : reached;

    internal void Begin(Task replay) => Ended = replay;

    internal void Reach(int steps, int of) => reached = new Reached(steps, of);

    /// <param name="Steps">That are played.</param>
    /// <param name="Of">How many there are.</param>
    public sealed record Reached(int Steps, int Of);
}
