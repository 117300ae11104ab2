using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Names of the mappings that are kept, by id.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListCsvMappings(string? After = null, int Limit = 50) : IQuery<Page<CsvMappingRow>>;

internal sealed class ListCsvMappingsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListCsvMappings, Result<Page<CsvMappingRow>>>
{
    public Task<Result<Page<CsvMappingRow>>> Handle(ListCsvMappings request, CancellationToken cancellationToken) =>
        reads.PageByKey<CsvMappingRow>(request.After, request.Limit, rows => rows, cancellationToken);
}
