using System.Collections.Concurrent;
using System.Diagnostics;

namespace Marketplace.Benchmarks.Searches;

/// <summary>How long answers took, in milliseconds.</summary>
internal sealed record Latencies(double P50, double P99, int Answers)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Clients that each ask the next question when the last is answered.</summary>
    /// <param name="ask">Given the client and how often it has asked.</param>
    public static async Task<Latencies> Of(int clients, TimeSpan duration, Func<int, int, Task> ask)
    {
        var answers = new ConcurrentBag<List<double>>();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var own = new List<double>();
            for (var turn = 0; Stopwatch.GetElapsedTime(began) < WarmUp + duration; turn++)
            {
                var asked = Stopwatch.GetTimestamp();
                await ask(client, turn);
                if (Stopwatch.GetElapsedTime(began) > WarmUp)
                {
                    own.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                }
            }

            answers.Add(own);
        })));
        double[] sorted = [.. answers.SelectMany(a => a).Order()];
        return new Latencies(sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, sorted.Length * 99 / 100)], sorted.Length);
    }
}
