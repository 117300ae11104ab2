using System.Diagnostics;

namespace Marketplace.Benchmarks.Loads;

/// <summary>Callers that each send the next command when the last is answered.</summary>
internal static class ClosedLoop
{
    /// <param name="send">Given the caller and how many turns it has had; returns how many commands became durable.</param>
    /// <returns>Commands per second, over the time until the last caller has its last answer.</returns>
    public static async Task<double> Run(int callers, TimeSpan duration, Func<int, int, Task<int>> send)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var commands = 0L;
            for (var turn = 0; watch.Elapsed < duration; turn++)
            {
                commands += await send(caller, turn);
            }

            return commands;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }
}
