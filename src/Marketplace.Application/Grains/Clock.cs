namespace Marketplace.Application.Grains;

public static class Clock
{
    /// <summary>Now, in whole microseconds: the finest that both databases keep.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
