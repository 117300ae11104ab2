using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party contests invoiced sums: the contested part stands still, the rest stays payable.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record OpenDispute(Guid CommandId, AgreementId Agreement, IReadOnlyList<ContestedSum> Contested, string Reason) : ICommandRequest;

internal sealed class OpenDisputeHandler(Commands commands) : IRequestHandler<OpenDispute, Answer>
{
    public Task<Answer> Handle(OpenDispute request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.OpenDispute(request.Contested, request.Reason));
}
