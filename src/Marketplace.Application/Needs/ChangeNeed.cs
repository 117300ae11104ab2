using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Needs;

/// <summary>A company says anew what it looks for, or until when.</summary>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record ChangeNeed(Guid CommandId, NeedId Need, NeedContent Content) : ICommandRequest;

internal sealed class ChangeNeedHandler(Commands commands) : IRequestHandler<ChangeNeed, Answer>
{
    public async Task<Answer> Handle(ChangeNeed request, CancellationToken cancellationToken)
    {
        var company = await commands.StateOf<IOrganisationGrain, OrganisationState>(commands.OwnOrganisation.Value);
        return await commands.Execute<INeedGrain>(request, request.Need.Value, new Domain.Needs.ChangeNeed(company.Status, request.Content));
    }
}
