namespace Marketplace.Host.Components.Charts;

/// <summary>
/// Where whole numbers (minor units, counts) stand on a line of pixels. Zero is always on it, so that lengths can be compared. Only positions are
/// floating point: bounds and ticks stay the whole numbers that they are.
/// </summary>
public sealed class ValueScale
{
    private readonly double from;
    private readonly double to;

    private ValueScale(long low, long high, double from, double to, IReadOnlyList<long> ticks) =>
        (Low, High, this.from, this.to, Ticks) = (low, high, from, to, ticks);

    /// <summary>The least of the values, and zero.</summary>
    public long Low { get; }

    /// <summary>The greatest of the values, and zero.</summary>
    public long High { get; }

    /// <summary>Multiples of 1, 2 or 5 times a power of ten within the bounds, from low to high; zero is one of them.</summary>
    public IReadOnlyList<long> Ticks { get; }

    /// <param name="values">May be none.</param>
    /// <param name="from">Pixel of <see cref="Low"/>.</param>
    /// <param name="to">Pixel of <see cref="High"/>; less than <paramref name="from"/> where numbers grow upwards.</param>
    /// <param name="steps">At most so many steps from the lowest tick to the highest.</param>
    public static ValueScale Of(IEnumerable<long> values, double from, double to, int steps = 4)
    {
        var (low, high) = (0L, 0L);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return new ValueScale(low, high, from, to, [.. TicksOf(low, high, steps)]);
    }

    /// <summary>The pixel of a value. Where every value is zero it is the first.</summary>
    public double At(long value) => Low == High ? from : from + ((to - from) * (double)(((decimal)value - Low) / ((decimal)High - Low)));

    private static IEnumerable<long> TicksOf(long low, long high, int steps)
    {
        var step = StepOf((decimal)high - low, steps);
        for (var tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
        {
            yield return (long)tick;
        }
    }

    // A decimal holds the span of all longs exactly, with room for one step more.
    private static decimal StepOf(decimal span, int steps)
    {
        for (var power = 1m; ; power *= 10)
        {
            foreach (var step in new[] { power, 2 * power, 5 * power })
            {
                if (step * steps >= span)
                {
                    return step;
                }
            }
        }
    }
}
