using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company buys itself out at the price that holds today.</summary>
[MayAsk(ActorRole.Company, For = Duty.Sign, Proven = true)]
public sealed record ElectBuyOut(Guid CommandId, AgreementId Agreement) : ICommandRequest;

internal sealed class ElectBuyOutHandler(Commands commands) : IRequestHandler<ElectBuyOut, Answer>
{
    public Task<Answer> Handle(ElectBuyOut request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ElectBuyOut());
}
