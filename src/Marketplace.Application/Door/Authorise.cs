using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Door;

/// <summary>Stands before every handler: who may not ask is answered here, and a request type that names no role is asked by nobody.</summary>
internal sealed class Authorise<TRequest, TAnswer>(Caller caller) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : IRequest<TAnswer>
{
    private static readonly MayAskAttribute MayAsk = MayAskAttribute.Of(typeof(TRequest));

    // Answer and Result<T> can both be made from a refusal; a request with any other answer does not get past this line.
    private static readonly Func<Refusal, TAnswer> Refuse =
        typeof(TAnswer).GetMethod("op_Implicit", [typeof(Refusal)])?.CreateDelegate<Func<Refusal, TAnswer>>()
        ?? throw new InvalidOperationException($"{typeof(TRequest)} must answer with Answer or Result<T>.");

    public Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next) =>
        MayAsk.Check(caller.Principal) is { } refusal ? Task.FromResult(Refuse(refusal)) : next();
}

/// <summary>Whoever sent the request that is being handled. One per request: <see cref="MarketplaceDoor"/> opens a scope for each.</summary>
internal sealed class Caller
{
    public Principal Principal { get; set; } = Principal.Visitor;
}
