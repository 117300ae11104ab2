using Marketplace.Benchmarks.Loads;

namespace Marketplace.Benchmarks;

/// <summary>
/// Loads measured in turn, forth and back, so that whatever else the machine does meets all of them alike. A ratio is taken
/// within each round and only then over the rounds.
/// </summary>
internal sealed class Rounds(IReadOnlyList<ILoad> loads)
{
    /// <summary>Until code is compiled for good, plans are made and caches are filled.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    private readonly List<Dictionary<ILoad, double>> rounds = [];

    public async Task Run(int count, TimeSpan each)
    {
        foreach (var load in loads)
        {
            await load.Run(WarmUp);
        }

        for (var round = 0; round < count; round++)
        {
            var measured = new Dictionary<ILoad, double>();
            foreach (var load in round % 2 == 0 ? loads : loads.Reverse())
            {
                measured[load] = await load.Run(each);
            }

            rounds.Add(measured);
            Console.Error.WriteLine($"  round {round + 1} of {count}: {string.Join(" · ", loads.Select(l => $"{measured[l]:n0}"))}");
        }
    }

    public Spread Of(ILoad load) => Spread.Of(rounds.Select(r => r[load]));

    public Spread Ratio(ILoad load, ILoad baseline) => Spread.Of(rounds.Select(r => r[load] / r[baseline]));
}

/// <summary>What several measurements of one thing say.</summary>
internal readonly record struct Spread(double Min, double Median, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return new(sorted[0], sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[^1]);
    }
}
