using Marketplace.Application.Door;
using Marketplace.Application.Records;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder api)
    {
        api.MapTable(Tables.Records);
        api.MapQuery<GetRecord, RecordDetails>("/records/details");
    }
}
