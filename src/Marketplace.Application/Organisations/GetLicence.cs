using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Organisations;

/// <summary>The licence that an organisation has handed in, for itself and for administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetLicence(OrganisationId Organisation) : IQuery<OpenedFile>;

internal sealed class GetLicenceHandler(Commands commands, IFileStore store) : IRequestHandler<GetLicence, Result<OpenedFile>>
{
    public async Task<Result<OpenedFile>> Handle(GetLicence request, CancellationToken cancellationToken) =>
        commands.Principal.Sees(request.Organisation)
        && await commands.StateOf<IOrganisationGrain, OrganisationState>(request.Organisation.Value) is { Licence: { } licence }
            ? await OpenedFile.Of(store, licence, $"licence-{request.Organisation}", cancellationToken)
            : Refusal.NotFound();
}
