namespace Marketplace.Application.Mail;

public enum OutgoingMailKind
{
    /// <summary>Of somebody's own account.</summary>
    Account,
    Notice,
    Digest,
}

public enum OutgoingMailStatus
{
    Waiting,

    /// <summary>From here on whoever takes it may have it, whatever we hear.</summary>
    HandingOver,
    Sent,

    /// <summary>Nobody took it for too long.</summary>
    GivenUp,

    /// <summary>It was being handed over when the process or the line ended: it may have arrived. Never sent again by itself.</summary>
    Unknown,
}

/// <summary>A letter on its way out. The line stays when the letter is gone, so that the same one is never sent a second time.</summary>
public sealed class OutgoingMail
{
    /// <summary>How long nobody may have taken a letter before it is given up.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>Names the letter, here and in its Message-ID.</summary>
    public required string Mail { get; init; }

    public required OutgoingMailKind Kind { get; init; }

    /// <summary>The letter, protected; null once it was sent or given up.</summary>
    public string? Sealed { get; set; }

    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>Null once it is over.</summary>
    public DateTime? NextTryAtUtc { get; set; }

    /// <summary>Who has taken it up.</summary>
    public string? Lease { get; set; }

    public DateTime? LeasedUntilUtc { get; set; }

    public int Attempts { get; set; }

    public OutgoingMailStatus Status { get; set; }

    /// <summary>Why it was not taken last; says nothing of what stands in it and to whom it goes.</summary>
    public string? Reason { get; set; }

    public DateTime? EndedAtUtc { get; set; }

    /// <summary>How long to wait after so many attempts: longer each time, and never longer than six hours.</summary>
    /// <param name="attempts">From 1.</param>
    public static TimeSpan WaitAfter(int attempts) => Waits[Math.Min(attempts, Waits.Length) - 1];
}
