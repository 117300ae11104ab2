using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Licensing;

/// <summary>Closes an offer to new applicants; what was applied for before goes on.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Negotiate)]
public sealed record WithdrawOffer(Guid CommandId, OfferId Offer, string Reason) : ICommandRequest;

internal sealed class WithdrawOfferHandler(Commands commands) : IRequestHandler<WithdrawOffer, Answer>
{
    public Task<Answer> Handle(WithdrawOffer request, CancellationToken cancellationToken) =>
        commands.Execute<IOfferGrain>(request, request.Offer.Value, new Domain.Licensing.WithdrawOffer(request.Reason));
}
