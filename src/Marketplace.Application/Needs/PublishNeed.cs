using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Needs;

/// <summary>A verified company says what it looks for; everybody may read it.</summary>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record PublishNeed(Guid CommandId, NeedContent Content) : ICommandRequest;

internal sealed class PublishNeedHandler(Commands commands) : IRequestHandler<PublishNeed, Answer>
{
    public async Task<Answer> Handle(PublishNeed request, CancellationToken cancellationToken)
    {
        var company = await commands.StateOf<IOrganisationGrain, OrganisationState>(commands.OwnOrganisation.Value);
        return await commands.Execute<INeedGrain>(
            request, Id.CreatedBy<NeedId>(request.CommandId).Value, new Domain.Needs.PublishNeed(commands.OwnOrganisation, company.Status, request.Content));
    }
}
