using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The other party confirms the result of the trial. Changes no stage and owes nothing.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record ConfirmSignOff(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class ConfirmSignOffHandler(Commands commands) : IRequestHandler<ConfirmSignOff, Answer>
{
    public Task<Answer> Handle(ConfirmSignOff request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ConfirmSignOff());
}
