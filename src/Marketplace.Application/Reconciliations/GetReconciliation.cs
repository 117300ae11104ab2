using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using MediatR;
using Orleans;

namespace Marketplace.Application.Reconciliations;

/// <summary>How the ledger and a provider's account of our money differ, now or as it was found on a day; for administrators.</summary>
/// <param name="Provider">Its name, or <c>bank</c>.</param>
/// <param name="Day">Null: looks now, and records nothing.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record GetReconciliation(string Provider, DateOnly? Day = null) : IQuery<ProviderReconciled>;

internal sealed class GetReconciliationHandler(ReconcileProviders reconcile, IGrainFactory grains) : IRequestHandler<GetReconciliation, Result<ProviderReconciled>>
{
    public async Task<Result<ProviderReconciled>> Handle(GetReconciliation request, CancellationToken cancellationToken)
    {
        if (!reconcile.Names.Contains(request.Provider))
        {
            return Refusal.NotFound();
        }

        return request.Day is not { } day ? await reconcile.Find(request.Provider, cancellationToken)
            : (await grains.GetGrain<IReconciliationGrain>(ProviderReconciled.KeyOf(request.Provider, day)).State()).Found is { } found ? found
            : Refusal.NotFound();
    }
}
