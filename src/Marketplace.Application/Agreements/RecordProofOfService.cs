using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Proof that a demand for an overdue sum has arrived: registered mail, notary, the company's own receipt.</summary>
/// <param name="FileHash">SHA-256, hex, of the proof.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record RecordProofOfService(
    Guid CommandId, AgreementId Agreement, int Obligation, string Method, string Reference, DateOnly ServedOn, string FileHash) : ICommandRequest;

internal sealed class RecordProofOfServiceHandler(Commands commands) : IRequestHandler<RecordProofOfService, Answer>
{
    public Task<Answer> Handle(RecordProofOfService request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value,
        new Domain.Agreements.RecordProofOfService(request.Obligation, request.Method, request.Reference, request.ServedOn, request.FileHash));
}
