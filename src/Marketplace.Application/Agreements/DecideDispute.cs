using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>An administrator decides a dispute.</summary>
/// <param name="NotOwed">What is found not to be owed; an empty list when all of it is.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record DecideDispute(Guid CommandId, AgreementId Agreement, int Dispute, IReadOnlyList<ContestedSum> NotOwed, string Reason) : ICommandRequest;

internal sealed class DecideDisputeHandler(Commands commands) : IRequestHandler<DecideDispute, Answer>
{
    public Task<Answer> Handle(DecideDispute request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.DecideDispute(request.Dispute, request.NotOwed, request.Reason));
}
