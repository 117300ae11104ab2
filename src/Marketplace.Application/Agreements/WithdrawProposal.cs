using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The author of the newest version takes it back while the other party has not accepted it; the version before stands again.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record WithdrawProposal(Guid CommandId, AgreementId Agreement, int Version) : ICommandRequest;

internal sealed class WithdrawProposalHandler(Commands commands) : IRequestHandler<WithdrawProposal, Answer>
{
    public Task<Answer> Handle(WithdrawProposal request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.WithdrawProposal(request.Version));
}
