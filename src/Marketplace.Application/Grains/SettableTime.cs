namespace Marketplace.Application.Grains;

/// <summary>
/// Follows another time until it is told to stand at an instant. Behind <see cref="MarketplaceClock"/> and nothing else:
/// timers, timeouts and whoever measures go on with the time of the machine.
/// </summary>
public sealed class SettableTime(TimeProvider followed) : TimeProvider
{
    private volatile Instant? standing;

    private sealed record Instant(DateTimeOffset Utc);

    public override DateTimeOffset GetUtcNow() => standing?.Utc ?? followed.GetUtcNow();

    /// <summary>Stands at this instant until told otherwise. The caller makes sure that no stream was written later.</summary>
    public void StandAt(DateTimeOffset utc) => standing = new Instant(utc);

    /// <summary>Goes on with the followed time.</summary>
    public void Follow() => standing = null;
}
