using Marketplace.Application.Policy;
using Marketplace.Domain.Policy;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class PolicyEndpoints
{
    public static void MapPolicy(this IEndpointRouteBuilder api)
    {
        api.MapQuery<GetFilingPack, FilingPack>("/agreements/{agreement}/filing-pack");
        api.MapDownload<ExportFilingPack>("/agreements/{agreement}/filing-pack.zip");
        api.MapTable(Tables.Anomalies);
        api.MapQuery<GetPolicyStatistics, PolicyStatistics>("/policy/statistics");
        api.MapTableFile(Tables.CohortsByQuarter);
        api.MapTableFile(Tables.CohortsByField);
        api.MapTableFile(Tables.CohortsByLab);
        api.MapTable(Tables.Subsidies);
    }
}
