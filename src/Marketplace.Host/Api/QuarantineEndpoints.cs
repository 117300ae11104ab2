using Marketplace.Application.Door;
using Marketplace.Application.Sweeps;

namespace Marketplace.Host.Api;

public static class QuarantineEndpoints
{
    public static void MapQuarantine(this IEndpointRouteBuilder api)
    {
        api.MapQuery<ListQuarantine, Page<QuarantinedWork>>("/quarantine");
        api.MapQuery<GetWorkHealth, WorkHealth>("/work-health");
        api.MapCommand<ReleaseQuarantine>("/quarantine/release");
    }
}
