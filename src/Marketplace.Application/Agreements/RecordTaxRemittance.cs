using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>An administrator records that withheld tax was paid to the tax office. The transfer on the bank's statement is of no agreement.</summary>
/// <param name="Reference">Of the tax office's receipt; each once in an agreement.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record RecordTaxRemittance(Guid CommandId, AgreementId Agreement, Money Amount, string Reference, DateOnly PaidOn) : ICommandRequest;

internal sealed class RecordTaxRemittanceHandler(Commands commands) : IRequestHandler<RecordTaxRemittance, Answer>
{
    public Task<Answer> Handle(RecordTaxRemittance request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value, new Domain.Agreements.RecordTaxRemittance(request.Amount, request.Reference, request.PaidOn));
}
