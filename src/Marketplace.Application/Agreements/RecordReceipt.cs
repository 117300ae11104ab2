using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Records money that has arrived. A fact: taken in every stage and currency; what nobody owes becomes unapplied cash.</summary>
/// <param name="Source">Where it arrived, e.g. the bank account.</param>
/// <param name="Reference">The servicer's own reference of the line: one receipt per source and reference.</param>
[MayAsk(ActorRole.Administrator, ActorRole.System, For = Duty.Operate)]
public sealed record RecordReceipt(Guid CommandId, AgreementId Agreement, string Source, string Reference, Money Amount, DateOnly ReceivedOn) : ICommandRequest;

internal sealed class RecordReceiptHandler(Commands commands) : IRequestHandler<RecordReceipt, Answer>
{
    public Task<Answer> Handle(RecordReceipt request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.RecordReceipt(request.Source, request.Reference, request.Amount, request.ReceivedOn));
}
