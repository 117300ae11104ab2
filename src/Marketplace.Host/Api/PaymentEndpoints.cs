using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Application.Reconciliations;
using Marketplace.Domain.Payments;

namespace Marketplace.Host.Api;

public static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder api)
    {
        api.MapQuery<OpenPaymentPage, HostedPage>("/agreements/{agreement}/payments/{intent}/page");
        api.MapQuery<ListReconciliations, ReconciliationList>("/reconciliations");
        api.MapQuery<GetReconciliation, ProviderReconciled>("/reconciliations/{provider}");
        api.MapCommand<ExplainProviderMovement>("/provider-movements/explain");
        api.MapQuery<GetPaymentProfile, PaymentProfileView>("/organisations/{organisation}/payment-profile");
        api.MapQuery<SaveMethodPage, HostedPage>("/organisations/{organisation}/save-method-page");
        api.MapQuery<PayeePage, HostedPage>("/organisations/{organisation}/payee-page");
        api.MapQuery<ListProviderNotices, Page<ProviderNoticeRow>>("/provider-notices");
        api.MapCommand<ReplayProviderNotice>("/provider-notices/replay");
    }
}
