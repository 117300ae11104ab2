using Marketplace.Application.Reference;

namespace Marketplace.Host.Api;

public static class ReferenceEndpoints
{
    public static void MapReference(this IEndpointRouteBuilder api)
    {
        api.MapQuery<GetReferenceData, ReferenceDataView>("/reference");
        api.MapCommand<AppendHolidays>("/reference/holidays");
        api.MapCommand<PublishLpr>("/reference/lpr");
        api.MapCommand<PublishWithholding>("/reference/withholding");
    }
}
