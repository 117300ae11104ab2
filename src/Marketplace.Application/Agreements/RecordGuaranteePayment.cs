using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A guarantor has paid what it was asked for: a fact, recorded in every stage. It pays the principal of the claim.</summary>
/// <param name="Source">Which account or provider says so.</param>
/// <param name="Reference">Of the movement there; one reference of a source is recorded once.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record RecordGuaranteePayment(
    Guid CommandId, AgreementId Agreement, int Claim, string Source, string Reference, Money Amount, DateOnly ReceivedOn) : ICommandRequest;

internal sealed class RecordGuaranteePaymentHandler(Commands commands) : IRequestHandler<RecordGuaranteePayment, Answer>
{
    public Task<Answer> Handle(RecordGuaranteePayment request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value,
        new Domain.Agreements.RecordGuaranteePayment(request.Claim, request.Source, request.Reference, request.Amount, request.ReceivedOn));
}
