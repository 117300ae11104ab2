using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Changes how future income is shared with the inventors.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Finance)]
public sealed record ChangeInventorSplit(Guid CommandId, AgreementId Agreement, InventorSplit Split) : ICommandRequest;

internal sealed class ChangeInventorSplitHandler(Commands commands) : IRequestHandler<ChangeInventorSplit, Answer>
{
    public Task<Answer> Handle(ChangeInventorSplit request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.ChangeInventorSplit(request.Split));
}
