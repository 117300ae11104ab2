using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party agrees with one term of the other's version. Binds nobody: only a whole version is accepted.</summary>
/// <param name="Path">Of a term that differs from the version before, e.g. <c>payments[0].ratePpm</c>.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record AcceptTerm(Guid CommandId, AgreementId Agreement, int Version, string Path) : ICommandRequest;

internal sealed class AcceptTermHandler(Commands commands) : IRequestHandler<AcceptTerm, Answer>
{
    public Task<Answer> Handle(AcceptTerm request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AcceptTerm(request.Version, request.Path));
}
