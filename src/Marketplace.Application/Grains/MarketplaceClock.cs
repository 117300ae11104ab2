namespace Marketplace.Application.Grains;

/// <summary>
/// The time that rules see. Apart from the <see cref="TimeProvider"/> that silo, journal and timers run on,
/// so that three simulated years, or a sandbox clock moved forward, time nothing out.
/// </summary>
public sealed class MarketplaceClock(TimeProvider time)
{
    /// <summary>Now, in whole microseconds: the finest that both databases keep.</summary>
    public DateTimeOffset NowUtc
    {
        get
        {
            var now = time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }
}
