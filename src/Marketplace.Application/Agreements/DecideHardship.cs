using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>An administrator approves a hardship plan that the lab has consented to, or not.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record DecideHardship(Guid CommandId, AgreementId Agreement, bool Approve, string Reason) : ICommandRequest;

internal sealed class DecideHardshipHandler(Commands commands) : IRequestHandler<DecideHardship, Answer>
{
    public Task<Answer> Handle(DecideHardship request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.DecideHardship(request.Approve, request.Reason));
}
