using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Needs;

/// <summary>A company's own needs, ended ones too; administrators see everybody's. By id.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListOwnNeeds(string? After = null, int Limit = 50) : IQuery<Page<NeedRow>>;

internal sealed class ListOwnNeedsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller) : IRequestHandler<ListOwnNeeds, Result<Page<NeedRow>>>
{
    public Task<Result<Page<NeedRow>>> Handle(ListOwnNeeds request, CancellationToken cancellationToken)
    {
        var company = caller.Principal.Organisation?.Value; // null for administrators only, as the roles say
        return reads.PageByKey<NeedRow>(request.After, request.Limit, rows => rows.Where(n => company == null || n.Company == company), cancellationToken);
    }
}
