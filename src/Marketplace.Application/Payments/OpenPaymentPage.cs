using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;
using Orleans;

namespace Marketplace.Application.Payments;

/// <summary>Where a payment that was begun is made. Answers 404 when there is no such page, or no more.</summary>
[MayAsk(ActorRole.Company, ActorRole.Administrator, For = Duty.Finance)]
public sealed record OpenPaymentPage(AgreementId Agreement, PaymentIntentId Intent) : IQuery<HostedPage>;

internal sealed class OpenPaymentPageHandler(IGrainFactory grains, IEnumerable<IHostedPages> pages, WorkOffIntents work, Caller caller)
    : IRequestHandler<OpenPaymentPage, Result<HostedPage>>
{
    public async Task<Result<HostedPage>> Handle(OpenPaymentPage request, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IAgreementGrain>(request.Agreement.Value);
        var agreement = await grain.State();
        if (agreement.Stage == Stage.None || !caller.Principal.Sees(agreement.Company) || agreement.Intent(request.Intent) is not { Kind: IntentKind.Collection, IsOpen: true } intent)
        {
            return Refusal.NotFound();
        }

        if (intent.Status == IntentStatus.Requested)
        {
            // Whoever waits before a screen need not wait for the alarm clock; it is sent once, whoever is first.
            await work.WorkOff($"agreement/{request.Agreement}", cancellationToken);
            agreement = await grain.State();
        }

        return agreement.Intent(request.Intent) is { IsOpen: true } sent && pages.FirstOrDefault(p => p.Name == sent.Provider) is { } provider
            ? await HostedPages.Ask(() => provider.OfPayment(PaymentOrder.Of(agreement, sent), cancellationToken))
            : Refusal.NotFound();
    }
}
