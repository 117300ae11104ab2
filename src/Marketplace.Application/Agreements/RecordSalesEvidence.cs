using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Lays an invoice before us that shows sales; the day of its issue says of which period. Reports are compared with it.</summary>
/// <param name="Invoice">Number of the e-invoice; each counts once.</param>
/// <param name="FileHash">SHA-256 of its file, 64 lower-case hexadecimal digits.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Finance)]
public sealed record RecordSalesEvidence(Guid CommandId, AgreementId Agreement, string Invoice, DateOnly IssuedOn, Money Amount, string FileHash) : ICommandRequest;

internal sealed class RecordSalesEvidenceHandler(Commands commands) : IRequestHandler<RecordSalesEvidence, Answer>
{
    public Task<Answer> Handle(RecordSalesEvidence request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value,
        new Domain.Agreements.RecordSalesEvidence(request.Invoice, request.IssuedOn, request.Amount, request.FileHash));
}
