using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The lab consents to the extension or declines it with a reason.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record AnswerExtension(Guid CommandId, AgreementId Agreement, bool Consent, string? Reason = null) : ICommandRequest;

internal sealed class AnswerExtensionHandler(Commands commands) : IRequestHandler<AnswerExtension, Answer>
{
    public Task<Answer> Handle(AnswerExtension request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AnswerExtension(request.Consent, request.Reason));
}
