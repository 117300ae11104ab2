using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.LabResults;

/// <summary>A lab's own results in every state; administrators see everybody's. By id.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator)]
public sealed record ListResults(ResultStatus? Status = null, string? After = null, int Limit = 50) : IQuery<Page<ResultRow>>;

internal sealed class ListResultsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller) : IRequestHandler<ListResults, Result<Page<ResultRow>>>
{
    public async Task<Result<Page<ResultRow>>> Handle(ListResults request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var lab = caller.Principal.Organisation?.Value; // null for administrators only, as the roles say
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<ResultRow>()
            .Where(r => (lab == null || r.Lab == lab) && (request.Status == null || r.Status == request.Status))
            .Where(r => request.After == null || string.Compare(r.Result, request.After) > 0)
            .OrderBy(r => r.Result)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<ResultRow>.Of(rows, request.Limit, r => r.Result);
    }
}
