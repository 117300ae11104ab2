using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Organisations;

/// <summary>Nothing new for this organisation; what was agreed goes on.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Approve, Proven = true)]
public sealed record SuspendOrganisation(Guid CommandId, OrganisationId Organisation, string Reason) : ICommandRequest;

internal sealed class SuspendOrganisationHandler(Commands commands) : IRequestHandler<SuspendOrganisation, Answer>
{
    public Task<Answer> Handle(SuspendOrganisation request, CancellationToken cancellationToken) =>
        commands.Execute<IOrganisationGrain>(request, request.Organisation.Value, new Domain.Organisations.SuspendOrganisation(request.Reason));
}
