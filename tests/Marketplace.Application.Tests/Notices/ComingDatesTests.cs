using Marketplace.Application.Notices;
using Xunit;

namespace Marketplace.Application.Tests.Notices;

/// <summary>Which dates are told of on which day, at whatever days somebody looks.</summary>
public sealed class ComingDatesTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Fact]
    public void On_a_day_after_another_each_distance_is_one_date() => Assert.Equal(
        [(-30, new DateOnly(2026, 3, 31)), (-7, new DateOnly(2026, 3, 8)), (-1, new DateOnly(2026, 3, 2)), (0, Today), (3, new DateOnly(2026, 2, 26)), (7, new DateOnly(2026, 2, 22))],
        Told(ComingDates.Spans(Today.AddDays(-1), Today)));

    [Fact]
    public void The_first_day_ever_a_second_look_and_a_clock_put_back_look_at_today_alone()
    {
        var ordinary = ComingDates.Spans(Today.AddDays(-1), Today).ToList();
        Assert.Equal(ordinary, ComingDates.Spans(null, Today));
        Assert.Equal(ordinary, ComingDates.Spans(Today, Today));
        Assert.Equal(ordinary, ComingDates.Spans(Today.AddDays(40), Today));
    }

    /// <summary>Somebody looks every day, or sleeps for so many days: every date is told of by every distance, or by the latest that was passed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(29)]
    [InlineData(90)]
    [InlineData(400)]
    public void After_a_sleep_a_date_is_told_of_by_the_latest_distance_alone(int days)
    {
        var before = Today.AddDays(-days);
        var told = Told(ComingDates.Spans(before, Today)).ToList();
        Assert.Equal(told.Count, told.Select(t => t.On).Distinct().Count()); // none twice
        for (var on = before.AddDays(-10); on <= Today.AddDays(40); on = on.AddDays(1))
        {
            var passed = ComingDates.Offsets.Where(o => on.AddDays(o) > before && on.AddDays(o) <= Today).ToList();
            Assert.Equal(passed.Count == 0 ? [] : [passed.Max()], told.Where(t => t.On == on).Select(t => t.Offset));
        }
    }

    private static IEnumerable<(int Offset, DateOnly On)> Told(IEnumerable<DateSpan> spans) =>
        spans.SelectMany(s => Enumerable.Range(0, s.Until.DayNumber - s.From.DayNumber + 1).Select(i => (s.Offset, s.From.AddDays(i))));
}
