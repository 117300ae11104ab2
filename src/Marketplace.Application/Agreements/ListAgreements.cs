using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>The agreements of one's own organisation; administrators see everybody's. By id.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator)]
public sealed record ListAgreements(AgreementState? State = null, LabResultId? Result = null, string? After = null, int Limit = 50) : IQuery<Page<AgreementRow>>;

internal sealed class ListAgreementsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller)
    : IRequestHandler<ListAgreements, Result<Page<AgreementRow>>>
{
    public async Task<Result<Page<AgreementRow>>> Handle(ListAgreements request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (own, result) = (caller.Principal.Organisation?.Value, request.Result?.Value); // own is null for administrators only, as the roles say
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<AgreementRow>()
            .Where(a => own == null || a.Lab == own || a.Company == own)
            .Where(a => (request.State == null || a.State == request.State) && (result == null || a.Result == result))
            .Where(a => request.After == null || string.Compare(a.Agreement, request.After) > 0)
            .OrderBy(a => a.Agreement)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<AgreementRow>.Of(rows, request.Limit, a => a.Agreement);
    }
}
