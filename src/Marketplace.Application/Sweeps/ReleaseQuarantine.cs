using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Sweeps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Sweeps;

/// <summary>An administrator has seen to the cause: sweeps take the item up again.</summary>
/// <param name="Item">As in <see cref="QuarantinedWork"/>.</param>
/// <param name="Reason">What was done about it, for the record.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record ReleaseQuarantine(Guid CommandId, string Item, string Reason) : ICommandRequest;

internal sealed class ReleaseQuarantineHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads)
    : IRequestHandler<ReleaseQuarantine, Answer>
{
    public async Task<Answer> Handle(ReleaseQuarantine request, CancellationToken cancellationToken)
    {
        // An item has no id type of its own that would keep other text away from the names of streams.
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        return request.Item.Split('/', 2) is [var purpose, var stream]
            && await database.Of<DueWorkFailureRow>().AnyAsync(f => f.Stream == stream && f.Purpose == purpose, cancellationToken)
                ? await commands.Execute<IFailingWorkGrain>(request, request.Item, new ReleaseWork(request.Reason))
                : Refusal.NotFound();
    }
}
