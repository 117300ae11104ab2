using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Catalog;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Search;

/// <summary>Reads listings from the read tables, as they are now.</summary>
internal sealed class ListingReader(IDbContextFactory<MarketplaceReads> reads)
{
    private const int LabPage = 500;

    /// <summary>All public results, oldest first, page by page.</summary>
    /// <param name="today">Offers count that may be applied for on this local day.</param>
    public async IAsyncEnumerable<IReadOnlyList<Listing>> All(DateOnly today, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var (since, last) = (DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), "");
        for (var isFull = true; isFull;)
        {
            await using var database = await reads.CreateDbContextAsync(cancel);
            var rows = await database.Of<ResultRow>()
                .Where(r => r.IsPublic && r.PublicSinceUtc >= since && (r.PublicSinceUtc > since || string.Compare(r.Result, last) < 0)) // one bound, for the index
                .OrderBy(r => r.PublicSinceUtc).ThenByDescending(r => r.Result)
                .Take(pageSize)
                .ToListAsync(cancel);
            if (rows.Count > 0)
            {
                yield return await Complete(database, rows, today, cancel);
                (since, last) = (rows[^1].PublicSinceUtc!.Value, rows[^1].Result);
            }

            isFull = rows.Count == pageSize;
        }
    }

    /// <summary>Those of these results that are public.</summary>
    public async Task<IReadOnlyList<Listing>> Of(IReadOnlyCollection<string> results, DateOnly today, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        var rows = await database.Of<ResultRow>().Where(r => results.Contains(r.Result) && r.IsPublic && r.PublicSinceUtc != null).ToListAsync(cancel);
        return await Complete(database, rows, today, cancel);
    }

    /// <summary>Results that may look different after these streams were written.</summary>
    public async Task<IReadOnlySet<string>> Concerned(IEnumerable<string> streams, CancellationToken cancel)
    {
        var byKind = streams.Select(s => s.Split('/', 2)).Where(s => s.Length == 2).ToLookup(s => s[0], s => s[1]);
        var results = byKind["result"].ToHashSet(StringComparer.Ordinal);
        string[] offers = [.. byKind["offer"].Distinct(StringComparer.Ordinal)];
        string[] organisations = [.. byKind["organisation"].Distinct(StringComparer.Ordinal)];
        if (offers.Length == 0 && organisations.Length == 0)
        {
            return results;
        }

        await using var database = await reads.CreateDbContextAsync(cancel);
        results.UnionWith(await database.Of<OfferRow>().Where(o => offers.Contains(o.Offer)).Select(o => o.Result).ToListAsync(cancel));
        foreach (var lab in organisations)
        {
            var after = "";
            for (var isFull = true; isFull;)
            {
                var page = await database.Of<ResultRow>().Where(r => r.Lab == lab && string.Compare(r.Result, after) > 0)
                    .OrderBy(r => r.Result).Take(LabPage).Select(r => r.Result).ToListAsync(cancel);
                results.UnionWith(page);
                isFull = page.Count == LabPage;
                after = isFull ? page[^1] : after;
            }
        }

        return results;
    }

    private static async Task<IReadOnlyList<Listing>> Complete(MarketplaceReads database, List<ResultRow> rows, DateOnly today, CancellationToken cancel)
    {
        var results = rows.ConvertAll(r => r.Result);
        var labs = rows.Select(r => r.Lab).Distinct().ToList();
        var offers = (await database.Of<OfferRow>().OpenOn(today)
            .Where(o => results.Contains(o.Result)).ToListAsync(cancel)).ToLookup(o => o.Result);
        var names = await database.Of<OrganisationRow>().Where(o => labs.Contains(o.Organisation)).ToDictionaryAsync(o => o.Organisation, cancel);
        return rows.ConvertAll(row => Listing(row, names.GetValueOrDefault(row.Lab), [.. offers[row.Result]]));
    }

    private static Listing Listing(ResultRow row, OrganisationRow? lab, IReadOnlyList<OfferRow> offers)
    {
        var facets = new SortedSet<byte> { FacetValues.Of(row.Field), FacetValues.OfRegion(row.RegionCode), FacetValues.Of(row.Status) };
        if (row.ReadinessLevel is { } level)
        {
            facets.Add(FacetValues.OfReadiness(level));
        }

        facets.UnionWith(row.Rights().Select(FacetValues.Of));
        foreach (var offer in offers)
        {
            facets.Add(FacetValues.Of(offer.Licence));
            facets.Add(FacetValues.Of(TrialLengths.Of(offer.TrialMonths)));
            facets.Add(FacetValues.Of(offer.Cover));
            facets.UnionWith(offer.Models().Select(FacetValues.Of));
        }

        return new Listing(
            row.Result, row.Lab, Microseconds.Since1970(row.PublicSinceUtc!.Value), Words.Tokens(row.TitleZh, row.TitleEn),
            Words.Tokens(row.SummaryZh, row.SummaryEn, lab?.NameZh ?? "", lab?.NameEn ?? ""), [.. facets],
            offers.Count == 0 ? null : offers.Min(o => o.ValidUntil));
    }
}
