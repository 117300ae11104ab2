using Marketplace.Application.Door;
using Marketplace.Application.Records;

namespace Marketplace.Host.Api;

public static class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder api)
    {
        api.MapQuery<SearchRecords, Page<RecordLine>>("/records");
        api.MapQuery<GetRecord, RecordDetails>("/records/details");
    }
}
