using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Divides the net income received so far between the lab and its inventors.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance)]
public sealed record DistributeIncome(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class DistributeIncomeHandler(Commands commands) : IRequestHandler<DistributeIncome, Answer>
{
    public Task<Answer> Handle(DistributeIncome request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.DistributeIncome());
}
