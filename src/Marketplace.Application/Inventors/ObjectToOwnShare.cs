using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Inventors;

/// <summary>An inventor objects to their share: until the laboratory has answered they are paid nothing, and nothing more is divided in the disputed split.</summary>
/// <param name="Receipt">The receipt whose distribution is meant; null: the split that holds today.</param>
[MayAsk(ActorRole.Lab, For = Duty.Inventor)]
public sealed record ObjectToOwnShare(Guid CommandId, AgreementId Agreement, string Reason, int? Receipt = null) : ICommandRequest;

internal sealed class ObjectToOwnShareHandler(Commands commands) : IRequestHandler<ObjectToOwnShare, Answer>
{
    public async Task<Answer> Handle(ObjectToOwnShare request, CancellationToken cancellationToken)
    {
        var visible = await commands.OwnShareOf(request.Agreement);
        return visible.Refusal is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(
                request, request.Agreement.Value, new Domain.Agreements.ObjectToDistribution(visible.Value.Place, request.Receipt, request.Reason));
    }
}
