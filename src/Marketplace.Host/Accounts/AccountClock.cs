namespace Marketplace.Host.Accounts;

/// <summary>The time of sessions, links and codes: the machine's, also while the clock of the rules stands elsewhere.</summary>
public sealed class AccountClock(TimeProvider time)
{
    /// <summary>Whole microseconds, the finest that both databases keep; its kind is UTC.</summary>
    public DateTime NowUtc
    {
        get
        {
            var now = time.GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }
}
