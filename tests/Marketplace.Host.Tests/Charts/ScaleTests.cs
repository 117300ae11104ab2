using Marketplace.Host.Components.Charts;
using Xunit;

namespace Marketplace.Host.Tests.Charts;

/// <summary>Where things stand on a chart: whole numbers stay whole, and no data breaks a drawing.</summary>
public sealed class ScaleTests
{
    [Theory]
    [InlineData(new long[] { }, new long[] { 0 })]
    [InlineData(new long[] { 0, 0 }, new long[] { 0 })]
    [InlineData(new long[] { 1 }, new long[] { 0, 1 })]
    [InlineData(new long[] { 3 }, new long[] { 0, 1, 2, 3 })]
    [InlineData(new long[] { 7 }, new long[] { 0, 2, 4, 6 })]
    [InlineData(new long[] { 10 }, new long[] { 0, 5, 10 })]
    [InlineData(new long[] { 97_000_00, 12_34 }, new long[] { 0, 50_000_00 })]
    [InlineData(new long[] { -5, 15 }, new long[] { -5, 0, 5, 10, 15 })]
    [InlineData(new long[] { -900, -100 }, new long[] { -500, 0 })]
    public void Ticks_are_round_and_zero_is_one_of_them(long[] values, long[] ticks)
    {
        var scale = ValueScale.Of(values, 0, 100);
        Assert.Equal(ticks, scale.Ticks);
        Assert.Contains(0, scale.Ticks);
    }

    [Fact]
    public void The_largest_and_the_smallest_numbers_have_their_place()
    {
        var scale = ValueScale.Of([long.MinValue, long.MaxValue], 0, 100);
        Assert.Equal((0, 100), (scale.At(long.MinValue), scale.At(long.MaxValue)));
        Assert.Equal(50, scale.At(0), 6);
        Assert.All(scale.Ticks, tick => Assert.InRange(scale.At(tick), 0, 100));
        Assert.InRange(scale.Ticks.Count, 3, 5);
        Assert.Equal(5_000_000_000_000_000_000, scale.Ticks[^1]); // exact, where a double has no room for it
    }

    [Fact]
    public void Numbers_grow_upwards_where_the_first_pixel_is_the_lower_one()
    {
        var scale = ValueScale.Of([-50, 150], 200, 0);
        Assert.Equal((200, 150, 0), (scale.At(-50), scale.At(0), scale.At(150)));
    }

    [Fact]
    public void Without_a_value_everything_stands_at_the_beginning() => Assert.Equal(7, ValueScale.Of([], 7, 100).At(0));

    [Theory]
    [InlineData("2026-01-05", "2026-01-05", "01-05")]
    [InlineData("2026-01-01", "2026-01-04", "01-01 01-02 01-03 01-04")]
    [InlineData("2026-01-01", "2026-01-29", "01-01 01-08 01-15 01-22 01-29")]
    [InlineData("2026-01-05", "2026-06-20", "2026-02 2026-03 2026-04 2026-05 2026-06")]
    [InlineData("2025-11-01", "2026-10-31", "2025-11 2026-01 2026-03 2026-05 2026-07 2026-09")]
    [InlineData("2026-03-01", "2030-02-01", "2027 2028 2029 2030")]
    [InlineData("2026-03-01", "2060-02-01", "2030 2040 2050 2060")]
    public void Days_are_named_as_far_as_there_is_room(string first, string last, string names)
    {
        var days = new DayScale(DateOnly.Parse(first), DateOnly.Parse(last), 10, 110);
        var marks = days.Marks(6);
        Assert.Equal(names, string.Join(' ', marks.Select(m => m.Name)));
        Assert.All(marks, m => Assert.InRange(days.At(m.Day), 10, 110));
    }

    [Fact]
    public void The_first_day_and_the_last_stand_at_the_ends_and_a_single_one_in_the_middle()
    {
        DateOnly first = new(2026, 1, 1), last = new(2027, 1, 1);
        var days = new DayScale(first, last, 10, 110);
        Assert.Equal((10, 110), (days.At(first), days.At(last)));
        Assert.Equal(60, new DayScale(first, first, 10, 110).At(first));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DayScale(last, first, 10, 110));
    }

    [Fact]
    public void All_of_time_can_be_drawn() => Assert.InRange(new DayScale(DateOnly.MinValue, DateOnly.MaxValue, 0, 100).Marks(4).Count, 1, 4);

    [Theory]
    [InlineData("Haihe Laboratory", 200, "Haihe Laboratory")]
    [InlineData("Haihe Laboratory", 75, "Haihe Lab…")]
    [InlineData("海河储能实验室", 200, "海河储能实验室")]
    [InlineData("海河储能实验室", 75, "海河储能…")]
    [InlineData("", 75, "")]
    public void A_name_that_does_not_fit_is_cut(string name, double room, string shown) => Assert.Equal(shown, ChartFrame.Fit(name, room));
}
