using CsCheck;

namespace Marketplace.Domain.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar China = WorkingCalendar.China;

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
}
