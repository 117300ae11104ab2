using Marketplace.Application.Door;
using Marketplace.Application.Sweeps;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class QuarantineEndpoints
{
    public static void MapQuarantine(this IEndpointRouteBuilder api)
    {
        api.MapTable(Tables.Quarantine);
        api.MapQuery<GetWorkHealth, WorkHealth>("/work-health");
        api.MapCommand<ReleaseQuarantine>("/quarantine/release");
    }
}
