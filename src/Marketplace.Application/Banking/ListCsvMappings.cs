using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Names of the mappings that are kept, by id.</summary>
[MayAsk(ActorRole.Administrator)]
public sealed record ListCsvMappings(string? After = null, int Limit = 50) : IQuery<Page<CsvMappingRow>>;

internal sealed class ListCsvMappingsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListCsvMappings, Result<Page<CsvMappingRow>>>
{
    public async Task<Result<Page<CsvMappingRow>>> Handle(ListCsvMappings request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<CsvMappingRow>()
            .Where(m => request.After == null || string.Compare(m.Mapping, request.After) > 0)
            .OrderBy(m => m.Mapping)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<CsvMappingRow>.Of(rows, request.Limit, m => m.Mapping);
    }
}
