using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>The lab proposes a price, by one of the three ways the law knows.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record PriceResult(Guid CommandId, LabResultId Result, PricingMethod Method, Money Price) : ICommandRequest;

internal sealed class PriceResultHandler(Commands commands) : IRequestHandler<PriceResult, Answer>
{
    public Task<Answer> Handle(PriceResult request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.PriceResult(request.Method, request.Price));
}
