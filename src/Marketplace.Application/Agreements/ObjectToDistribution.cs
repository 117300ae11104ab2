using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Records, in the name of an inventor, that they object: until the lab has answered they are paid nothing, and nothing more is divided in the disputed split.</summary>
/// <param name="Inventor">Place in the split, from 1.</param>
/// <param name="Receipt">The receipt whose distribution is meant; null: the split that holds today.</param>
[MayAsk(ActorRole.Lab, For = Duty.Finance)]
public sealed record ObjectToDistribution(Guid CommandId, AgreementId Agreement, int Inventor, string Reason, int? Receipt = null) : ICommandRequest;

internal sealed class ObjectToDistributionHandler(Commands commands) : IRequestHandler<ObjectToDistribution, Answer>
{
    public Task<Answer> Handle(ObjectToDistribution request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(
            request, request.Agreement.Value, new Domain.Agreements.ObjectToDistribution(request.Inventor, request.Receipt, request.Reason));
}
