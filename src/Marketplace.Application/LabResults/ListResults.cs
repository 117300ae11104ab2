using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.LabResults;

/// <summary>A lab's own results in every state; administrators see everybody's. By id.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListResults(ResultStatus? Status = null, string? After = null, int Limit = 50) : IQuery<Page<ResultRow>>;

internal sealed class ListResultsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller) : IRequestHandler<ListResults, Result<Page<ResultRow>>>
{
    public Task<Result<Page<ResultRow>>> Handle(ListResults request, CancellationToken cancellationToken)
    {
        var lab = caller.Principal.Organisation?.Value; // null for administrators only, as the roles say
        return reads.PageByKey<ResultRow>(
            request.After, request.Limit,
            rows => rows.Where(r => (lab == null || r.Lab == lab) && (request.Status == null || r.Status == request.Status)),
            cancellationToken);
    }
}
