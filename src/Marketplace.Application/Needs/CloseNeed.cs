using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Needs;
using MediatR;

namespace Marketplace.Application.Needs;

/// <summary>The company looks no longer; administrators can close what should not stand on the board.</summary>
[MayAsk(ActorRole.Company, ActorRole.Administrator, For = Duty.Operate, OfOrganisationsFor = Duty.Negotiate)]
public sealed record CloseNeed(Guid CommandId, NeedId Need, NeedClosing Why) : ICommandRequest;

internal sealed class CloseNeedHandler(Commands commands) : IRequestHandler<CloseNeed, Answer>
{
    public Task<Answer> Handle(CloseNeed request, CancellationToken cancellationToken) =>
        commands.Execute<INeedGrain>(request, request.Need.Value, new Domain.Needs.CloseNeed(request.Why));
}
