using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party signs the agreed document. When both have signed, the agreement takes effect.</summary>
/// <param name="DocumentHash">SHA-256, hex, of the document that is signed; as the agreement shows it.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company)]
public sealed record SignAgreement(Guid CommandId, AgreementId Agreement, string DocumentHash) : ICommandRequest;

internal sealed class SignAgreementHandler(Commands commands) : IRequestHandler<SignAgreement, Answer>
{
    public Task<Answer> Handle(SignAgreement request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.SignAgreement(request.DocumentHash));
}
