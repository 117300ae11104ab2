using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Payments;

/// <summary>An administrator says what a line on a provider's account is that names no payment of ours.</summary>
/// <param name="Movement">As in <see cref="ProviderMovementRow"/>.</param>
/// <param name="IsFee">The provider has kept it for its work; false: something else of the platform's own.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record ExplainProviderMovement(Guid CommandId, string Movement, bool IsFee, string Reason) : ICommandRequest;

internal sealed class ExplainProviderMovementHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ExplainProviderMovement, Answer>
{
    public async Task<Answer> Handle(ExplainProviderMovement request, CancellationToken cancellationToken)
    {
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        return await database.Of<ProviderMovementRow>().AnyAsync(m => m.Movement == request.Movement, cancellationToken)
            ? await commands.Execute<IProviderMovementGrain>(request, request.Movement, new ExplainMovement(request.IsFee, request.Reason))
            : Refusal.NotFound();
    }
}
