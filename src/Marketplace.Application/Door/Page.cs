using Marketplace.Domain;

namespace Marketplace.Application.Door;

/// <summary>One page of a list.</summary>
/// <param name="Next">Send it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Cuts a page out of at most <paramref name="limit"/> + 1 rows that were read.</summary>
    public static Page<T> Of(IReadOnlyList<T> read, int limit, Func<T, string> key) =>
        read.Count > limit ? new([.. read.Take(limit)], key(read[limit - 1])) : new(read, null);
}

public static class Paging
{
    /// <summary>Most rows that a page may hold.</summary>
    public const int MaxLimit = 100;

    public static Refusal? Check(int limit) => limit is >= 1 and <= MaxLimit
        ? null
        : Refusal.Invalid("limit-out-of-range", $"每页条数应为 1 至 {MaxLimit}。", $"A page holds 1 to {MaxLimit} rows.", "limit");
}
