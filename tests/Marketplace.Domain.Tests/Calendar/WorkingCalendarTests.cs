using CsCheck;

namespace Marketplace.Domain.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar China = WorkingCalendar.China;
    private static readonly Gen<DateOnly> KnownDate = Gen.Int[0, 3 * 365].Select(new DateOnly(2024, 1, 1).AddDays);
    private static readonly CalendarDay[] NewYear2027 = [Off("2027-01-01"), Off("2027-01-02"), Off("2027-01-03")];

    [Theory]
    [InlineData(2024, 28, 8, 251)]
    [InlineData(2025, 28, 5, 248)]
    [InlineData(2026, 33, 6, 248)]
    public void Each_year_has_the_days_that_its_notice_named(int year, int off, int work, int workingDays)
    {
        var named = China.Days.Where(day => day.Date.Year == year).ToList();
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays);

        Assert.Equal((off, work), (named.Count(day => day.Kind == CalendarDayKind.Off), named.Count(day => day.Kind == CalendarDayKind.Work)));
        Assert.Equal(workingDays, days.Count(China.IsWorkingDay));
    }

    [Theory]
    [InlineData("2024-02-04")] // Sundays and Saturdays worked for Spring Festival
    [InlineData("2024-02-18")]
    [InlineData("2024-04-07")]
    [InlineData("2024-04-28")]
    [InlineData("2024-05-11")]
    [InlineData("2024-09-14")]
    [InlineData("2024-09-29")]
    [InlineData("2024-10-12")]
    [InlineData("2025-01-26")]
    [InlineData("2025-02-08")]
    [InlineData("2025-04-27")]
    [InlineData("2025-09-28")]
    [InlineData("2025-10-11")]
    [InlineData("2026-01-04")]
    [InlineData("2026-02-14")]
    [InlineData("2026-02-28")]
    [InlineData("2026-05-09")]
    [InlineData("2026-09-20")]
    [InlineData("2026-10-10")]
    public void A_made_up_working_weekend_is_worked(string date)
    {
        Assert.True(Day(date).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.True(China.IsWorkingDay(Day(date)));
        Assert.Equal(new Deadline(Day(date), Day(date), false), China.DeadlineOn(Day(date)));
    }

    [Theory]
    [InlineData("2024-02-12")] // Mondays to Fridays
    [InlineData("2025-01-28")]
    [InlineData("2025-10-08")]
    [InlineData("2026-01-02")]
    [InlineData("2026-02-23")]
    [InlineData("2026-06-19")]
    [InlineData("2026-10-07")]
    public void A_public_holiday_on_a_weekday_is_not_worked(string date)
    {
        Assert.False(Day(date).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.False(China.IsWorkingDay(Day(date)));
    }

    [Theory]
    [InlineData("2026-02-13", "2026-02-13")] // a working Friday stays
    [InlineData("2026-02-15", "2026-02-24")] // over Spring Festival
    [InlineData("2025-10-01", "2025-10-09")]
    [InlineData("2024-04-04", "2024-04-07")] // ends on the worked Sunday
    [InlineData("2026-01-01", "2026-01-04")]
    [InlineData("2025-01-25", "2025-01-26")] // Saturday before the worked Sunday
    [InlineData("2026-12-26", "2026-12-28")]
    public void A_deadline_on_a_day_off_moves_to_the_next_working_day(string nominal, string date) =>
        Assert.Equal(new Deadline(Day(nominal), Day(date), false), China.DeadlineOn(Day(nominal)));

    [Theory]
    [InlineData("2026-12-31", "2026-12-31", false)]
    [InlineData("2027-01-01", "2027-01-01", true)] // a Friday that is surely a holiday: flagged, since nobody has said so yet
    [InlineData("2027-01-02", "2027-01-04", true)]
    [InlineData("2031-05-03", "2031-05-05", true)]
    public void A_deadline_past_the_known_calendar_says_so(string nominal, string date, bool beyond) =>
        Assert.Equal(new Deadline(Day(nominal), Day(date), beyond), China.DeadlineOn(Day(nominal)));

    [Fact]
    public void A_deadline_that_crosses_the_end_of_the_known_calendar_says_so()
    {
        var until2025 = WorkingCalendar.Of([Off("2025-01-01"), new(Day("2025-12-31"), CalendarDayKind.Off, "invented")]).Value;

        Assert.Equal(new Deadline(Day("2025-12-31"), Day("2026-01-01"), true), until2025.DeadlineOn(Day("2025-12-31")));
    }

    [Theory]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-14", 1, "2026-02-24")]
    [InlineData("2026-02-15", 1, "2026-02-24")] // counted from a day off
    [InlineData("2025-09-26", 15, "2025-10-23")]
    [InlineData("2026-02-15", 0, "2026-02-24")]
    public void Working_days_are_counted_from_the_day_after(string from, int days, string date) =>
        Assert.Equal(Day(date), China.AddWorkingDays(Day(from), days).Date);

    [Fact]
    public void Counting_working_days_past_the_known_calendar_says_so()
    {
        Assert.False(China.AddWorkingDays(Day("2026-12-30"), 1).BeyondCalendar);
        Assert.True(China.AddWorkingDays(Day("2026-12-30"), 2).BeyondCalendar);
        Assert.Throws<ArgumentOutOfRangeException>(() => China.AddWorkingDays(Day("2026-12-30"), -1));
    }

    [Fact]
    public void So_many_working_days_lie_after_the_start_up_to_the_end() =>
        Gen.Select(KnownDate, Gen.Int[1, 60]).Sample((from, days) =>
        {
            var end = China.AddWorkingDays(from, days);
            var between = Enumerable.Range(1, end.Date.DayNumber - from.DayNumber).Select(from.AddDays);

            Assert.Equal(days, between.Count(China.IsWorkingDay));
            Assert.True(China.IsWorkingDay(end.Date));
        });

    [Fact]
    public void A_deadline_is_the_first_working_day_from_its_nominal_day_on() => KnownDate.Sample(nominal =>
    {
        var deadline = China.DeadlineOn(nominal);
        var before = Enumerable.Range(0, deadline.Date.DayNumber - nominal.DayNumber).Select(nominal.AddDays);

        Assert.True(China.IsWorkingDay(deadline.Date));
        Assert.DoesNotContain(before, China.IsWorkingDay);
        Assert.Equal(deadline.Date > China.KnownThrough, deadline.BeyondCalendar);
    });

    [Fact]
    public void The_shipped_calendar_is_known_through_2026() => Assert.Equal(Day("2026-12-31"), China.KnownThrough);

    [Fact]
    public void An_appended_year_is_known_and_leaves_the_old_calendar_alone()
    {
        var longer = China.Append(NewYear2027).Value;

        Assert.Equal(Day("2027-12-31"), longer.KnownThrough);
        Assert.Equal(new Deadline(Day("2027-01-01"), Day("2027-01-04"), false), longer.DeadlineOn(Day("2027-01-01")));
        Assert.Equal(China.Days.Count + 3, longer.Days.Count);
        Assert.Equal(Day("2026-12-31"), China.KnownThrough);
        Assert.True(China.DeadlineOn(Day("2027-01-01")).BeyondCalendar);
    }

    [Fact]
    public void Several_years_may_be_appended_at_once_in_any_order() =>
        Assert.Equal(Day("2028-12-31"), China.Append([Off("2028-01-01"), .. NewYear2027]).Value.KnownThrough);

    [Fact]
    public void A_notice_may_reach_back_into_the_December_before_it()
    {
        // 29 December 2018, a Saturday, was worked by the notice for 2019.
        var longer = China.Append([.. NewYear2027, new(Day("2026-12-26"), CalendarDayKind.Work, "made-up working day")]).Value;

        Assert.True(longer.IsWorkingDay(Day("2026-12-26")));
    }

    public static TheoryData<CalendarDay[], string, string> Refused => new()
    {
        { [], "calendar-empty", "days" },
        { [Off("2026-12-31")], "calendar-year-known", "days[0].date" }, // without its next year it is no notice
        { [Off("2024-06-11")], "calendar-year-known", "days[0].date" },
        { [Off("2023-10-01")], "calendar-year-known", "days[0].date" },
        { [.. NewYear2027, Off("2026-11-30")], "calendar-year-known", "days[3].date" },
        { [Off("2028-01-01")], "calendar-gap", "days" },
        { [.. NewYear2027, Off("2029-01-01")], "calendar-gap", "days" },
        { [.. NewYear2027, Off("2027-01-01")], "calendar-day-repeated", "days[3].date" },
        { [new(Day("2027-01-04"), CalendarDayKind.Work, "Monday")], "calendar-work-on-weekday", "days[0].kind" },
        { [new(Day("2027-01-01"), CalendarDayKind.Off, " ")], "calendar-day-nameless", "days[0].name" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_would_rewrite_or_tear_the_calendar_is_refused(CalendarDay[] days, string code, string field)
    {
        var refusal = China.Append(days).Refusal;

        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void The_published_reference_data_are_the_shipped_tables()
    {
        Assert.Same(China, ReferenceData.Published.Calendar);
        Assert.Same(LprHistory.Published, ReferenceData.Published.Lpr);
    }

    private static CalendarDay Off(string date) => new(Day(date), CalendarDayKind.Off, "New Year");

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
