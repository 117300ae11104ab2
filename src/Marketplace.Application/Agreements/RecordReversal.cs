using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Money that had arrived has gone back without our asking, e.g. a returned transfer. A fact: taken in every stage.</summary>
/// <param name="Source">Where it had arrived.</param>
/// <param name="Reference">Of the movement back; recorded once.</param>
/// <param name="Of">Reference of the receipt.</param>
[MayAsk(ActorRole.Administrator, ActorRole.System, For = Duty.Operate)]
public sealed record RecordReversal(Guid CommandId, AgreementId Agreement, string Source, string Reference, string Of, Money Amount, string Reason) : ICommandRequest;

internal sealed class RecordReversalHandler(Commands commands) : IRequestHandler<RecordReversal, Answer>
{
    public Task<Answer> Handle(RecordReversal request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.RecordReversal(request.Source, request.Reference, request.Of, request.Amount, request.Reason));
}
