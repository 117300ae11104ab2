using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Closes an agreement in which nothing is open any more.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record CloseAgreement(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class CloseAgreementHandler(Commands commands) : IRequestHandler<CloseAgreement, Answer>
{
    public Task<Answer> Handle(CloseAgreement request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.CloseAgreement());
}
