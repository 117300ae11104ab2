using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The lab declines the application.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record DeclineApplication(Guid CommandId, AgreementId Agreement, string Reason) : ICommandRequest;

internal sealed class DeclineApplicationHandler(Commands commands) : IRequestHandler<DeclineApplication, Answer>
{
    public Task<Answer> Handle(DeclineApplication request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.DeclineApplication(request.Reason));
}
