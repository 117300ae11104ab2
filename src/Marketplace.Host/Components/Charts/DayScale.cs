using System.Globalization;

namespace Marketplace.Host.Components.Charts;

/// <summary>Where days stand on a line of pixels, and which of them are named.</summary>
public sealed class DayScale
{
    private const int DaysOfSteps = 62;
    private static readonly int[] DaySteps = [1, 2, 7, 14, 28];
    private static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12_000, 60_000];

    private readonly double from;
    private readonly double to;

    /// <param name="first">The first day.</param>
    /// <param name="last">Not before <paramref name="first"/>.</param>
    /// <param name="from">Pixel of the first day.</param>
    /// <param name="to">Pixel of the last day.</param>
    public DayScale(DateOnly first, DateOnly last, double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        (First, Last, this.from, this.to) = (first, last, from, to);
    }

    public DateOnly First { get; }

    public DateOnly Last { get; }

    /// <summary>The pixel of a day. A single day stands in the middle.</summary>
    public double At(DateOnly day) => First == Last
        ? (from + to) / 2
        : from + ((to - from) * (day.DayNumber - First.DayNumber) / (Last.DayNumber - First.DayNumber));

    /// <summary>Days that are named, evenly, at most so many: first days of years or months, or days of a short time.</summary>
    /// <param name="most">At least 2.</param>
    public IReadOnlyList<(DateOnly Day, string Name)> Marks(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        var days = Last.DayNumber - First.DayNumber;
        if (days <= DaysOfSteps)
        {
            var every = DaySteps.FirstOrDefault(step => days / step < most, DaysOfSteps);
            return [.. Enumerable.Range(0, (days / every) + 1).Select(i => First.AddDays(i * every)).Select(day => (day, day.ToString("MM-dd", CultureInfo.InvariantCulture)))];
        }

        var months = (12 * (Last.Year - First.Year)) + Last.Month - First.Month;
        var step = MonthSteps.First(s => (months / s) + 1 <= most);
        var start = Number(First) + (First.Day == 1 ? 0 : 1);
        return
        [
            .. Enumerable.Range(0, months + 1).Select(i => start + i).Where(month => month % step == 0 && month <= Number(Last))
                .Select(month => new DateOnly(month / 12, (month % 12) + 1, 1))
                .Select(day => (day, day.ToString(step % 12 == 0 ? "yyyy" : "yyyy-MM", CultureInfo.InvariantCulture))),
        ];
    }

    private static int Number(DateOnly day) => (12 * day.Year) + day.Month - 1;
}
