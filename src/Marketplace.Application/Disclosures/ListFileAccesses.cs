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

/// <summary>Who was given which files of a result that are not public, newest first; for its lab and administrators.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListFileAccesses(LabResultId Result, string? After = null, int Limit = 50) : IQuery<Page<FileAccessCard>>;

/// <param name="Organisation">Null of the marketplace's own people.</param>
/// <param name="BasisId">The confidentiality agreement, or the agreement.</param>
public sealed record FileAccessCard(
    FileAccessId Access, int Number, string Title, DisclosureTier Tier, OrganisationId? Organisation, BilingualText? OrganisationName, string Person,
    DisclosureRight Basis, string? BasisId, DateTimeOffset AtUtc);

internal sealed class ListFileAccessesHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListFileAccesses, Result<Page<FileAccessCard>>>
{
    public async Task<Result<Page<FileAccessCard>>> Handle(ListFileAccesses request, CancellationToken cancellationToken)
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
        var rows = await database.Of<FileAccessRow>()
            .Where(a => a.Result == request.Result.Value && (request.After == null || string.Compare(a.Access, request.After) < 0))
            .OrderByDescending(a => a.Access)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.Organisation).OfType<string>().Distinct().ToList();
        var names = await database.Of<OrganisationRow>().Where(o => ids.Contains(o.Organisation))
            .ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), StringComparer.Ordinal, cancellationToken);
        var page = Page<FileAccessRow>.Of(rows, request.Limit, r => r.Access);
        return new Page<FileAccessCard>(
            [
                .. page.Items.Select(r => new FileAccessCard(
                    FileAccessId.Wrap(r.Access), r.Number, r.Title, r.Tier, r.Organisation is { } id ? OrganisationId.Wrap(id) : null,
                    r.Organisation is { } named ? names.GetValueOrDefault(named) : null, r.Person, r.Basis, r.BasisId, r.AtUtc.Instant())),
            ],
            page.Next);
    }
}
