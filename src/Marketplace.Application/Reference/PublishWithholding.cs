using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Reference;

/// <summary>An administrator says from which day on tax is withheld of payouts, and at which rate.</summary>
/// <param name="RatePpm">Of the whole payout, parts per million; 0 ends it.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record PublishWithholding(Guid CommandId, PayeeKind Payee, DateOnly From, long RatePpm) : ICommandRequest;

internal sealed class PublishWithholdingHandler(Commands commands) : IRequestHandler<PublishWithholding, Answer>
{
    public Task<Answer> Handle(PublishWithholding request, CancellationToken cancellationToken) =>
        commands.Execute<IReferenceGrain>(request, IReferenceGrain.China, new Domain.PublishWithholding(new WithholdingRate(request.Payee, request.From, request.RatePpm)));
}
