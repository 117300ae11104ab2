namespace Marketplace.Journal;

/// <summary>
/// Patience with a database that does not answer: about ten seconds from when it fell silent, with growing pauses.
/// After that every batch asks once and is told at once, until the database answers again; callers must not queue up behind a dead one.
/// </summary>
public sealed class Outage(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private long? since;
    private TimeSpan pause = FirstPause;

    public bool IsOpen => since is not null;

    public void Begin() => since ??= time.GetTimestamp();

    public void End()
    {
        since = null;
        pause = FirstPause;
    }

    /// <summary>Pauses and says true, or says false when patience is over.</summary>
    public async Task<bool> WaitBeforeRetry()
    {
        if (since is not { } began || time.GetElapsedTime(began) >= Patience)
        {
            return false;
        }

        await Task.Delay(pause, time);
        pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        return true;
    }
}
