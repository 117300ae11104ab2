using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Application.Reconciliations;
using Marketplace.Domain.Payments;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder api)
    {
        api.MapQuery<OpenPaymentPage, HostedPage>("/agreements/{agreement}/payments/{intent}/page");
        api.MapTable(Tables.Reconciliations);
        api.MapTable(Tables.Differences);
        api.MapCommand<ExplainProviderMovement>("/provider-movements/explain");
        api.MapQuery<GetPaymentProfile, PaymentProfileView>("/organisations/{organisation}/payment-profile");
        api.MapQuery<SaveMethodPage, HostedPage>("/organisations/{organisation}/save-method-page");
        api.MapQuery<PayeePage, HostedPage>("/organisations/{organisation}/payee-page");
        api.MapTable(Tables.Notices);
        api.MapCommand<ReplayProviderNotice>("/provider-notices/replay");
    }
}
