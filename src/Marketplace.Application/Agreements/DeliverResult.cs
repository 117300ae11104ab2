using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The lab delivers what the company needs for the trial.</summary>
/// <param name="Note">What was handed over, and how.</param>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record DeliverResult(Guid CommandId, AgreementId Agreement, string Note) : ICommandRequest;

internal sealed class DeliverResultHandler(Commands commands) : IRequestHandler<DeliverResult, Answer>
{
    public Task<Answer> Handle(DeliverResult request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.DeliverResult(request.Note));
}
