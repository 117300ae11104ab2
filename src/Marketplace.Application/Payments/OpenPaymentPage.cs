using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;
using Orleans;

namespace Marketplace.Application.Payments;

/// <summary>Where a payment that was begun is made. Answers 404 when there is no such page, or no more.</summary>
[MayAsk(ActorRole.Company, ActorRole.Administrator)]
public sealed record OpenPaymentPage(AgreementId Agreement, PaymentIntentId Intent) : IQuery<HostedPage>;

internal sealed class OpenPaymentPageHandler(IGrainFactory grains, IEnumerable<IHostedPages> pages, Caller caller) : IRequestHandler<OpenPaymentPage, Result<HostedPage>>
{
    public async Task<Result<HostedPage>> Handle(OpenPaymentPage request, CancellationToken cancellationToken)
    {
        var agreement = await grains.GetGrain<IAgreementGrain>(request.Agreement.Value).State();
        if (agreement.Stage == Stage.None || !caller.Principal.Sees(agreement.Company)
            || agreement.Intent(request.Intent) is not { Kind: IntentKind.Collection, IsOpen: true } intent || pages.FirstOrDefault(p => p.Name == intent.Provider) is not { } provider)
        {
            return Refusal.NotFound();
        }

        try
        {
            return await provider.OfPayment(PaymentOrder.Of(agreement, intent), cancellationToken) is { } page ? page : Refusal.NotFound();
        }
        catch (ProviderUnreachableException)
        {
            return Refusal.State("provider-unreachable", "支付渠道暂时没有应答，请稍后再试。", "The payment provider does not answer just now; try again later.");
        }
    }
}
