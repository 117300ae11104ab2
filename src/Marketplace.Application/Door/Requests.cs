using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Door;

/// <summary>A request that changes something.</summary>
public interface ICommandRequest : IRequest<Answer>
{
    /// <summary>Made by the client before it sends. Sending the same request again under it changes nothing and returns the first answer.</summary>
    Guid CommandId { get; }
}

/// <summary>A request that only looks.</summary>
public interface IQuery<T> : IRequest<Result<T>>;

/// <summary>One page of a list.</summary>
/// <param name="Next">Send it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Most rows that a page may hold.</summary>
    public const int MaxLimit = 100;

    /// <summary>Cuts a page out of at most <paramref name="limit"/> + 1 rows that were read.</summary>
    public static Page<T> Of(IReadOnlyList<T> read, int limit, Func<T, string> key) =>
        read.Count > limit ? new([.. read.Take(limit)], key(read[limit - 1])) : new(read, null);
}
