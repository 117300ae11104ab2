namespace Marketplace.Journal;

/// <summary>Instants as whole microseconds since 1970-01-01 UTC: the finest that PostgreSQL keeps, and an integer on SQLite.</summary>
public static class Microseconds
{
    public static long Since1970(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Since1970(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToInstant(long microsecondsSince1970) =>
        new(DateTime.UnixEpoch.AddTicks(checked(microsecondsSince1970 * TimeSpan.TicksPerMicrosecond)), TimeSpan.Zero);
}
