using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Either party leaves before anything is signed.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record WithdrawApplication(Guid CommandId, AgreementId Agreement, string Reason) : ICommandRequest;

internal sealed class WithdrawApplicationHandler(Commands commands) : IRequestHandler<WithdrawApplication, Answer>
{
    public Task<Answer> Handle(WithdrawApplication request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.WithdrawApplication(request.Reason));
}
