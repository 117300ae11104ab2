using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The lab takes the application up: the parties now negotiate.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record AcceptApplication(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class AcceptApplicationHandler(Commands commands) : IRequestHandler<AcceptApplication, Answer>
{
    public Task<Answer> Handle(AcceptApplication request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AcceptApplication());
}
