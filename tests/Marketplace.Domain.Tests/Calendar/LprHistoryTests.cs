namespace Marketplace.Domain.Tests.Calendar;

public sealed class LprHistoryTests
{
    [Theory]
    [InlineData("2019-08-20", 42_500)]
    [InlineData("2019-09-19", 42_500)]
    [InlineData("2019-09-20", 42_000)]
    [InlineData("2021-12-19", 38_500)]
    [InlineData("2024-07-22", 33_500)]
    [InlineData("2024-10-20", 33_500)]
    [InlineData("2025-05-20", 30_000)]
    [InlineData("2031-01-01", 30_000)]
    public void A_rate_holds_from_its_publication_to_the_next(string date, long ratePpm) =>
        Assert.Equal(ratePpm, LprHistory.Published.RatePpmOn(Day(date)));

    [Fact]
    public void Before_the_first_publication_there_is_no_rate() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LprHistory.Published.RatePpmOn(Day("2019-08-19")));

    [Fact]
    public void An_appended_rate_holds_from_its_day_and_leaves_the_old_history_alone()
    {
        var longer = LprHistory.Published.Append(Day("2026-11-20"), 29_000).Value;

        Assert.Equal(30_000, longer.RatePpmOn(Day("2026-11-19")));
        Assert.Equal(29_000, longer.RatePpmOn(Day("2026-11-20")));
        Assert.Equal(30_000, LprHistory.Published.RatePpmOn(Day("2026-11-20")));
    }

    [Theory]
    [InlineData("2025-05-20", 29_000, "lpr-date-not-later")]
    [InlineData("2025-05-19", 29_000, "lpr-date-not-later")]
    [InlineData("2025-05-21", 0, "lpr-rate-range")]
    [InlineData("2025-05-21", -1, "lpr-rate-range")]
    [InlineData("2025-05-21", 1_000_001, "lpr-rate-range")]
    public void What_would_rewrite_history_or_is_no_rate_is_refused(string date, long ratePpm, string code) =>
        Assert.Equal(code, LprHistory.Published.Append(Day(date), ratePpm).Refusal?.Code);

    [Fact]
    public void A_history_needs_a_rate() => Assert.Equal("lpr-empty", LprHistory.Of([]).Refusal?.Code);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
