using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Takes the result out of the catalog for good.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record WithdrawResult(Guid CommandId, LabResultId Result, string Reason) : ICommandRequest;

internal sealed class WithdrawResultHandler(Commands commands) : IRequestHandler<WithdrawResult, Answer>
{
    public Task<Answer> Handle(WithdrawResult request, CancellationToken cancellationToken) =>
        commands.Execute<ILabResultGrain>(request, request.Result.Value, new Domain.LabResults.WithdrawResult(request.Reason));
}
