using Marketplace.Application.Policy;

namespace Marketplace.Host.Api;

public static class PolicyEndpoints
{
    public static void MapPolicy(this IEndpointRouteBuilder api)
    {
        api.MapQuery<GetSubsidies, SubsidyOverview>("/policy/subsidies");
    }
}
