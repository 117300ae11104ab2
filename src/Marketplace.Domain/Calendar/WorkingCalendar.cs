using System.Collections.Frozen;

namespace Marketplace.Domain;

/// <summary>A day that the State Council's yearly notice on public holidays (国务院办公厅节假日安排通知) names.</summary>
/// <param name="Kind"><see cref="CalendarDayKind.Work"/> only for a Saturday or Sunday: other days are working days anyway.</param>
public sealed record CalendarDay(DateOnly Date, CalendarDayKind Kind, string Name);

public enum CalendarDayKind
{
    /// <summary>A public holiday, or a day off exchanged for a weekend (放假、调休).</summary>
    Off,

    /// <summary>A weekend day that is worked instead (补班).</summary>
    Work,
}

/// <summary>When something falls due.</summary>
/// <param name="Nominal">As counted, before holidays were looked at.</param>
/// <param name="Date">The working day on which it ends.</param>
/// <param name="BeyondCalendar">True if the holidays of a day that mattered were not yet published: the date may still move.</param>
public readonly record struct Deadline(DateOnly Nominal, DateOnly Date, bool BeyondCalendar);

/// <summary>
/// The working days of China: Monday to Friday, less public holidays, plus made-up working weekends. Immutable;
/// each year's notice is appended as data. Before and beyond the known years only weekends are known.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly FrozenDictionary<DateOnly, CalendarDay> named;
    private readonly int firstYear;
    private readonly int lastYear;

    private WorkingCalendar(IReadOnlyList<CalendarDay> days)
    {
        Days = days;
        named = days.ToFrozenDictionary(day => day.Date);
        firstYear = days[0].Date.Year;
        lastYear = days[^1].Date.Year;
    }

    /// <summary>The notices for 2024 to 2026, as shipped.</summary>
    public static WorkingCalendar China { get; } = Of([.. PublishedTable.Rows("holidays-cn.csv", "date,kind,name").Select(FromRow)]).Value;

    /// <summary>Every named day, by date.</summary>
    public IReadOnlyList<CalendarDay> Days { get; }

    /// <summary>31 December of the last year whose notice is known. The years before it have no gap.</summary>
    public DateOnly KnownThrough => new(lastYear, 12, 31);

    /// <summary>Refuses as <see cref="Append"/> does, and an empty list.</summary>
    public static Result<WorkingCalendar> Of(IReadOnlyList<CalendarDay> days)
    {
        if (days.Count == 0)
        {
            return Refusal.Invalid("calendar-empty", "日历中没有任何日期。", "The calendar has no days.", "days");
        }

        return (Invalid(days) ?? Gap(days, days.Min(day => day.Date.Year))) is { } refusal
            ? refusal
            : new WorkingCalendar([.. days.OrderBy(day => day.Date)]);
    }

    /// <summary>
    /// This calendar and the notices of the years that follow it. Such a notice may also name December days of the year
    /// before (29 December 2018 was worked for New Year 2019), as long as they were not named yet.
    /// Refuses <c>calendar-year-known</c>, <c>calendar-gap</c>, <c>calendar-empty</c>, <c>calendar-day-repeated</c>,
    /// <c>calendar-day-nameless</c> and <c>calendar-work-on-weekday</c>, with the field <c>days[i]</c> where one day is at fault.
    /// </summary>
    public Result<WorkingCalendar> Append(IReadOnlyList<CalendarDay> days)
    {
        if (days.Count == 0)
        {
            return Refusal.Invalid("calendar-empty", "没有要追加的日期。", "There are no days to append.", "days");
        }

        return (Invalid(days) ?? Known(days) ?? Gap(days, lastYear + 1)) is { } refusal
            ? refusal
            : new WorkingCalendar([.. Days.Concat(days).OrderBy(day => day.Date)]);
    }

    public bool IsWorkingDay(DateOnly date) =>
        named.TryGetValue(date, out var day) ? day.Kind == CalendarDayKind.Work : !IsWeekend(date);

    /// <summary>A period that ends on a day off ends on the next working day (Civil Code Art. 203).</summary>
    public Deadline DeadlineOn(DateOnly nominal) => EndingOn(nominal, nominal);

    /// <summary>The day that is so many working days later. The first day is not counted (Civil Code Art. 201).</summary>
    /// <param name="from">Any day.</param>
    /// <param name="days">0 or more; 0 is <see cref="DeadlineOn"/>.</param>
    public Deadline AddWorkingDays(DateOnly from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var date = from;
        for (var counted = 0; counted < days; counted++)
        {
            date = NextWorkingDay(date.AddDays(1));
        }

        return EndingOn(days == 0 ? from : date, date);
    }

    private Deadline EndingOn(DateOnly nominal, DateOnly from)
    {
        var date = NextWorkingDay(from);
        return new Deadline(nominal, date, date > KnownThrough); // the last day looked at is the one that it ends on
    }

    private DateOnly NextWorkingDay(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    private static Refusal? Invalid(IReadOnlyList<CalendarDay> days)
    {
        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < days.Count; i++)
        {
            var (date, kind, name) = days[i];
            if (!seen.Add(date))
            {
                return Refusal.Invalid("calendar-day-repeated", $"{date:O} 出现了两次。", $"{date:O} is there twice.", $"days[{i}].date");
            }

            if (string.IsNullOrWhiteSpace(name))
            {
                return Refusal.Invalid("calendar-day-nameless", $"{date:O} 缺少名称。", $"{date:O} has no name.", $"days[{i}].name");
            }

            if (kind == CalendarDayKind.Work && !IsWeekend(date))
            {
                return Refusal.Invalid(
                    "calendar-work-on-weekday",
                    $"{date:O} 不是周末，本来就上班，不能列为补班日。",
                    $"{date:O} is no weekend day and worked anyway, so it cannot be a made-up working day.",
                    $"days[{i}].kind");
            }
        }

        return null;
    }

    private Refusal? Known(IReadOnlyList<CalendarDay> days)
    {
        var announcesNextYear = days.Any(day => day.Date.Year == lastYear + 1);
        for (var i = 0; i < days.Count; i++)
        {
            var date = days[i].Date;
            var isNewYearsEve = announcesNextYear && date.Year == lastYear && date.Month == 12 && !named.ContainsKey(date);
            if (date.Year <= lastYear && !isNewYearsEve)
            {
                return Refusal.Invalid(
                    "calendar-year-known",
                    $"{firstYear}–{lastYear} 年的日历已经生效，只能追加以后的年份，不能追加 {date:O}。",
                    $"The calendar of {firstYear}–{lastYear} is known already; only later years can be appended, not {date:O}.",
                    $"days[{i}].date");
            }
        }

        return null;
    }

    private static Refusal? Gap(IReadOnlyList<CalendarDay> days, int fromYear)
    {
        var years = days.Select(day => day.Date.Year).ToHashSet();
        for (var year = fromYear; year < years.Max(); year++)
        {
            if (!years.Contains(year))
            {
                return Refusal.Invalid(
                    "calendar-gap",
                    $"缺少 {year} 年的日历：各年须连续。",
                    $"The calendar of {year} is missing: years must follow each other.",
                    "days");
            }
        }

        return null;
    }

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static CalendarDay FromRow(string[] row) => new(PublishedTable.Date(row[0]), KindOf(row[1]), row[2]);

    private static CalendarDayKind KindOf(string text) => text switch
    {
        "off" => CalendarDayKind.Off,
        "work" => CalendarDayKind.Work,
        _ => throw new InvalidDataException($"A day is off or work, not {text}."),
    };
}
