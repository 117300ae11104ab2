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
