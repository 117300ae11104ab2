using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The lab agrees to the hardship plan that the company asks for, or not.</summary>
/// <param name="Reason">Needed when it does not.</param>
[MayAsk(ActorRole.Lab, For = Duty.Negotiate)]
public sealed record AnswerHardship(Guid CommandId, AgreementId Agreement, bool Consent, string? Reason) : ICommandRequest;

internal sealed class AnswerHardshipHandler(Commands commands) : IRequestHandler<AnswerHardship, Answer>
{
    public Task<Answer> Handle(AnswerHardship request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AnswerHardship(request.Consent, request.Reason));
}
