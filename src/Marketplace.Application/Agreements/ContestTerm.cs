using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party does not agree with one term of the other's version, and says why.</summary>
/// <param name="Path">Of a term that differs from the version before, e.g. <c>payments[0].ratePpm</c>.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record ContestTerm(Guid CommandId, AgreementId Agreement, int Version, string Path, string Note) : ICommandRequest;

internal sealed class ContestTermHandler(Commands commands) : IRequestHandler<ContestTerm, Answer>
{
    public Task<Answer> Handle(ContestTerm request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ContestTerm(request.Version, request.Path, request.Note));
}
