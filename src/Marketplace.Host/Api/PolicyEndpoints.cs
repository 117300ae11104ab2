using Marketplace.Application.Policy;
using Marketplace.Domain.Policy;

namespace Marketplace.Host.Api;

public static class PolicyEndpoints
{
    public static void MapPolicy(this IEndpointRouteBuilder api)
    {
        api.MapQuery<GetFilingPack, FilingPack>("/agreements/{agreement}/filing-pack");
        api.MapDownload<ExportFilingPack>("/agreements/{agreement}/filing-pack.zip");
        api.MapQuery<ListAnomalyFlags, AnomalyReport>("/policy/anomalies");
        api.MapQuery<GetSubsidies, SubsidyOverview>("/policy/subsidies");
    }
}
