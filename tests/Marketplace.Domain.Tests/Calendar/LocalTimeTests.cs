using CsCheck;

namespace Marketplace.Domain.Tests.Calendar;

public sealed class LocalTimeTests
{
    private static readonly Gen<DateOnly> AnyDate = Gen.Int[0, 40_000].Select(new DateOnly(1992, 1, 1).AddDays);

    [Theory]
    [InlineData("2025-01-01T15:59:59.9999999Z", "2025-01-01")]
    [InlineData("2025-01-01T16:00:00Z", "2025-01-02")]
    [InlineData("2024-12-31T16:00:00Z", "2025-01-01")]
    [InlineData("2025-01-01T23:30:00+08:00", "2025-01-01")]
    [InlineData("2025-01-01T20:00:00-05:00", "2025-01-02")]
    public void The_day_changes_at_midnight_in_Shanghai(string instant, string date) =>
        Assert.Equal(Day(date), LocalTime.DateOf(DateTimeOffset.Parse(instant)));

    [Fact]
    public void A_day_starts_at_sixteen_hours_UTC_of_the_day_before()
    {
        Assert.Equal(DateTimeOffset.Parse("2025-02-28T16:00:00Z"), LocalTime.StartOf(Day("2025-03-01")));
        Assert.Equal(DateTimeOffset.Parse("2025-03-01T16:00:00Z"), LocalTime.EndOf(Day("2025-03-01")));
        Assert.Equal(TimeSpan.Zero, LocalTime.StartOf(Day("2025-03-01")).Offset);
    }

    [Fact]
    public void Every_instant_lies_in_exactly_one_day() => Gen.Select(AnyDate, Gen.Long[0, TimeSpan.TicksPerDay - 1]).Sample((date, ticks) =>
    {
        Assert.Equal(date, LocalTime.DateOf(LocalTime.StartOf(date).AddTicks(ticks)));
        Assert.Equal(LocalTime.StartOf(date.AddDays(1)), LocalTime.EndOf(date));
    });

    [Fact]
    public void The_offset_agrees_with_the_zone_data_of_this_machine()
    {
        var shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

        AnyDate.Sample(date => Assert.Equal(shanghai.GetUtcOffset(LocalTime.StartOf(date)), TimeSpan.FromHours(8)));
    }

    [Theory]
    [InlineData("2025-01-31", 1, "2025-02-28")]
    [InlineData("2024-01-31", 1, "2024-02-29")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-29")]
    [InlineData("2025-01-31", 2, "2025-03-31")] // from the original day: not the 28th
    [InlineData("2025-08-31", 1, "2025-09-30")]
    [InlineData("2025-12-15", 1, "2026-01-15")]
    [InlineData("2025-03-31", -1, "2025-02-28")]
    [InlineData("2025-01-31", 0, "2025-01-31")]
    public void Month_ends_clamp_from_the_original_day(string date, int months, string expected) =>
        Assert.Equal(Day(expected), LocalTime.AddMonths(Day(date), months));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
