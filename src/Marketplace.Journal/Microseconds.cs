namespace Marketplace.Journal;

/// <summary>Instants as whole microseconds since 1970-01-01 UTC: the finest that PostgreSQL keeps, and an integer on SQLite.</summary>
public static class Microseconds
{
    private static readonly long First = Since1970(DateTimeOffset.MinValue);
    private static readonly long Last = Since1970(DateTimeOffset.MaxValue);

    public static long Since1970(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Since1970(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>What no calendar can hold becomes its first or last instant: such a number was never written by us, and its event's hash says so.</summary>
    public static DateTimeOffset ToInstant(long microsecondsSince1970) => new(
        DateTime.UnixEpoch.AddTicks(Math.Clamp(microsecondsSince1970, First, Last) * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
