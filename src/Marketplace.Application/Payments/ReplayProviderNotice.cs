using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Payments;

/// <summary>Has a notice worked off again, parked or not: it is safe, since only what is then true is recorded.</summary>
/// <param name="Notice">As in <see cref="ProviderNoticeRow"/>.</param>
/// <param name="Reason">What was done about it, for the record.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record ReplayProviderNotice(Guid CommandId, string Notice, string Reason) : ICommandRequest;

internal sealed class ReplayProviderNoticeHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ReplayProviderNotice, Answer>
{
    public async Task<Answer> Handle(ReplayProviderNotice request, CancellationToken cancellationToken)
    {
        // A notice has no id type of its own that would keep other text away from the names of streams.
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        return await database.Of<ProviderNoticeRow>().AnyAsync(n => n.Notice == request.Notice, cancellationToken)
            ? await commands.Execute<IProviderNoticeGrain>(request, request.Notice, new ReplayNotice(request.Reason))
            : Refusal.NotFound();
    }
}
