namespace Marketplace.Application.Grains;

/// <summary>
/// Follows another time until it is told to stand at an instant, or to run ahead of it. Behind <see cref="MarketplaceClock"/> and nothing else:
/// timers, timeouts and whoever measures go on with the time of the machine.
/// </summary>
public sealed class SettableTime(TimeProvider followed) : TimeProvider
{
    private volatile Instant? standing;
    private long aheadTicks;

    private sealed record Instant(DateTimeOffset Utc);

    /// <summary>How far it runs ahead of the followed time while it does not stand.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref aheadTicks));

    public override DateTimeOffset GetUtcNow() => standing?.Utc ?? followed.GetUtcNow() + Ahead;

    /// <summary>Stands at this instant until told otherwise. The caller makes sure that no stream was written later.</summary>
    public void StandAt(DateTimeOffset utc) => standing = new Instant(utc);

    /// <summary>Goes on with the followed time, as far ahead of it as before.</summary>
    public void Follow() => standing = null;

    /// <summary>Goes on from this instant as the followed time does. The caller makes sure that no stream was written later.</summary>
    public void GoOnFrom(DateTimeOffset utc)
    {
        Interlocked.Exchange(ref aheadTicks, (utc - followed.GetUtcNow()).Ticks);
        standing = null;
    }
}
