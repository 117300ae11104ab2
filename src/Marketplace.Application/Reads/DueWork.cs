using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Application.Reads;

/// <summary>When a stream wants to be woken, and for what. Sweeps page the open ones by due time and key.</summary>
/// <param name="Partition">0 … <see cref="DueWork.Partitions"/> − 1, so that nodes can share a sweep.</param>
/// <param name="DueAtUtc">Null: nothing is due any more. The row stays, since rows never disappear.</param>
[ReadTable("due_work", keyLength: 2)]
public sealed record DueWorkRow(string Stream, string Purpose, int Partition, DateTime? DueAtUtc) : IReadRow;

/// <summary>How working off a stream's due work has failed. Quarantined work is shown to administrators and left alone by sweeps.</summary>
/// <param name="Failures">All that were ever counted.</param>
/// <param name="Attempts">Those since it last went well or was released.</param>
/// <param name="Reason">Of the latest failure.</param>
[ReadTable("due_work_failures", keyLength: 2)]
public sealed record DueWorkFailureRow(string Stream, string Purpose, int Failures, int Attempts, string Reason, DateTime FailedAtUtc, DateTime? QuarantinedAtUtc) : IReadRow;

public static class DueWork
{
    public const int Partitions = 64;

    public const string Obligations = "obligations";
    public const string Trial = "trial";
    public const string Notice = "notice";
    public const string Intent = "intent";
    public const string Statement = "statement";
    public const string BankLine = "bank-line";
    public const string PaymentBatch = "payment-batch";
    public const string Notices = "provider-notice";

    /// <summary>The row that has <paramref name="stream"/> woken at an instant, or not at all when it is null.</summary>
    public static DueWorkRow Row(string stream, string purpose, DateTimeOffset? dueAtUtc) =>
        new(stream, purpose, PartitionOf(stream), dueAtUtc?.UtcDateTime);

    /// <summary>Depends on the stream's name only: every host and every run agrees.</summary>
    public static int PartitionOf(string stream) => SHA256.HashData(Encoding.UTF8.GetBytes(stream))[0] % Partitions;
}
