using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company leaves in the trial, without a fee; confidentiality survives.</summary>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record ReturnResult(
    Guid CommandId, AgreementId Agreement, string StopUseStatement, string DestructionCertificate, IReadOnlyList<EvidenceFile>? Evidence = null) : ICommandRequest;

internal sealed class ReturnResultHandler(Commands commands) : IRequestHandler<ReturnResult, Answer>
{
    public Task<Answer> Handle(ReturnResult request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.ReturnResult(request.StopUseStatement, request.DestructionCertificate, request.Evidence));
}
