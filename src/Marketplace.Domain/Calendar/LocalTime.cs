namespace Marketplace.Domain;

/// <summary>
/// Dates in Asia/Shanghai, where every deadline of the marketplace falls. The zone has been UTC+8 without summer time
/// since 1992; the offset is written down here rather than read from the machine, so that the same events give the
/// same dates on every host, whatever its zone data says.
/// </summary>
public static class LocalTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The same instant as clocks in Shanghai show it.</summary>
    public static DateTimeOffset At(DateTimeOffset utc) => utc.ToOffset(Offset);

    /// <summary>The date in Shanghai at this instant.</summary>
    public static DateOnly DateOf(DateTimeOffset utc) => DateOnly.FromDateTime(At(utc).DateTime);

    /// <summary>The instant, in UTC, at which this date begins in Shanghai.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>The first instant, in UTC, at which this date is over: the start of the next one.</summary>
    public static DateTimeOffset EndOf(DateOnly date) => StartOf(date).AddDays(1);

    /// <summary>
    /// The same day of a later month, or that month's last day (31 January + 1 month = 28 or 29 February; Civil Code Art. 202).
    /// Count from the original day, never from the last result: 31 January + 2 months is 31 March, but + 1 + 1 is the 28th.
    /// </summary>
    public static DateOnly AddMonths(DateOnly date, int months) => date.AddMonths(months);
}
