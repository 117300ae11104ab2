using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.LabResults;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Disclosures;

/// <summary>Which companies have signed the confidentiality agreement about a result, by id; for its lab and administrators.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListConfidentiality(LabResultId Result, string? After = null, int Limit = 50) : IQuery<Page<ConfidentialityCard>>;

/// <param name="LastDay">The last one on which it gives access, unless it was ended before.</param>
public sealed record ConfidentialityCard(
    ConfidentialityId Confidentiality, OrganisationId Company, BilingualText CompanyName, string SignedBy, DateTimeOffset SignedAtUtc, DateOnly LastDay, string Sha256,
    DateTimeOffset? EndedAtUtc, string? EndedFor);

internal sealed class ListConfidentialityHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads)
    : IRequestHandler<ListConfidentiality, Result<Page<ConfidentialityCard>>>
{
    public async Task<Result<Page<ConfidentialityCard>>> Handle(ListConfidentiality request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var result = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        if (result.Lab is not { } lab || !commands.Principal.Sees(lab))
        {
            return Refusal.NotFound();
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<ConfidentialityRow>()
            .Where(c => c.Result == request.Result.Value && (request.After == null || string.Compare(c.Confidentiality, request.After) > 0))
            .OrderBy(c => c.Confidentiality)
            .Take(request.Limit + 1)
            .Join(database.Of<OrganisationRow>(), c => c.Company, o => o.Organisation, (c, o) => new { Row = c, o.NameZh, o.NameEn })
            .ToListAsync(cancellationToken);
        ConfidentialityCard[] cards =
        [
            .. rows.OrderBy(r => r.Row.Confidentiality, StringComparer.Ordinal).Select(r => new ConfidentialityCard( // a join promises no order
                ConfidentialityId.Wrap(r.Row.Confidentiality), OrganisationId.Wrap(r.Row.Company), new(r.NameZh, r.NameEn), r.Row.SignedBy,
                r.Row.SignedAtUtc.Instant(), r.Row.LastDay, r.Row.Sha256,
                r.Row.EndedAtUtc is { } ended ? new DateTimeOffset(ended, TimeSpan.Zero) : null, r.Row.EndedFor)),
        ];
        return Page<ConfidentialityCard>.Of(cards, request.Limit, c => c.Confidentiality.Value);
    }
}
