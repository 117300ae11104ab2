using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Organisations;

/// <summary>An administrator does not accept the papers; the holder of the code may register again.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record RejectOrganisation(Guid CommandId, OrganisationId Organisation, string Reason) : ICommandRequest;

internal sealed class RejectOrganisationHandler(Commands commands) : IRequestHandler<RejectOrganisation, Answer>
{
    public Task<Answer> Handle(RejectOrganisation request, CancellationToken cancellationToken) =>
        commands.Execute<IOrganisationGrain>(request, request.Organisation.Value, new Domain.Organisations.RejectOrganisation(request.Reason));
}
