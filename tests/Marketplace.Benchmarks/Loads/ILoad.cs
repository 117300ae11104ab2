namespace Marketplace.Benchmarks.Loads;

/// <summary>One way to make commands durable. All ways write the same: one or two events, two postings, one row.</summary>
internal interface ILoad : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Writes for about that long, as fast as it can; returns the commands that became durable per second.</summary>
    Task<double> Run(TimeSpan duration);
}
