using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party proposes that clauses on reports end, and others begin, with a period that nobody has reported yet.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record ProposeAmendment(Guid CommandId, AgreementId Agreement, AmendmentChange Change, string? Note = null) : ICommandRequest;

internal sealed class ProposeAmendmentHandler(Commands commands) : IRequestHandler<ProposeAmendment, Answer>
{
    public Task<Answer> Handle(ProposeAmendment request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ProposeAmendment(request.Change, request.Note));
}
