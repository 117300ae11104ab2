using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party ends an amendment that is not signed by all: its own, or one that it does not want.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record WithdrawAmendment(Guid CommandId, AgreementId Agreement, int Number, string Reason) : ICommandRequest;

internal sealed class WithdrawAmendmentHandler(Commands commands) : IRequestHandler<WithdrawAmendment, Answer>
{
    public Task<Answer> Handle(WithdrawAmendment request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.WithdrawAmendment(request.Number, request.Reason));
}
