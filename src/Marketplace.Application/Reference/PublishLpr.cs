using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Reference;

/// <summary>An administrator appends a one-year LPR that was published.</summary>
/// <param name="RatePpm">Parts per million a year: 3.00 % is 30 000.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record PublishLpr(Guid CommandId, DateOnly Date, long RatePpm) : ICommandRequest;

internal sealed class PublishLprHandler(Commands commands) : IRequestHandler<PublishLpr, Answer>
{
    public Task<Answer> Handle(PublishLpr request, CancellationToken cancellationToken) =>
        commands.Execute<IReferenceGrain>(request, IReferenceGrain.China, new Domain.PublishLpr(request.Date, request.RatePpm));
}
