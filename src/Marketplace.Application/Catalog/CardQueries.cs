using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Catalog;

/// <summary>What every page of the catalog reads. Compiled once for a host: for pages that are asked for so often, looking up a query costs as much as running it.</summary>
internal sealed class CardQueries
{
    private readonly Func<MarketplaceReads, IReadOnlyList<string>, IAsyncEnumerable<Found>> cards = EF.CompileAsyncQuery(
        (MarketplaceReads database, IReadOnlyList<string> results) => database.Set<ResultRow>().AsNoTracking()
            .Where(r => results.Contains(r.Result) && r.IsPublic)
            .Join(database.Set<OrganisationRow>(), r => r.Lab, o => o.Organisation, (r, o) => new Found(r, o.NameZh, o.NameEn)));

    private readonly Func<MarketplaceReads, IReadOnlyList<string>, DateOnly, IAsyncEnumerable<OfferRow>> offers = EF.CompileAsyncQuery(
        (MarketplaceReads database, IReadOnlyList<string> results, DateOnly today) => database.Set<OfferRow>().AsNoTracking()
            .OrderBy(o => o.Offer)
            .Where(o => o.Status == OfferStatus.Open && o.ValidUntil >= today && results.Contains(o.Result))); // OpenOn, which cannot stand in what is compiled

    private readonly Func<MarketplaceReads, int, IAsyncEnumerable<Place>> newest = EF.CompileAsyncQuery(
        (MarketplaceReads database, int limit) => database.Set<ResultRow>().AsNoTracking()
            .Where(r => r.IsPublic)
            .OrderByDescending(r => r.PublicSinceUtc).ThenBy(r => r.Result)
            .Take(limit)
            .Select(r => new Place(r.PublicSinceUtc!.Value, r.Result)));

    public sealed record Found(ResultRow Result, string LabZh, string LabEn);

    private sealed record Place(DateTime SinceUtc, string Result);

    /// <summary>The first of everything that is public.</summary>
    public async Task<IReadOnlyList<CatalogPlace>> Newest(MarketplaceReads database, int limit, CancellationToken cancel)
    {
        var places = new List<CatalogPlace>(limit);
        await foreach (var place in newest(database, limit).WithCancellation(cancel))
        {
            places.Add(new CatalogPlace(place.SinceUtc, place.Result));
        }

        return places;
    }

    /// <summary>Those of the results that are public, by id.</summary>
    public async Task<IReadOnlyDictionary<string, Found>> Cards(MarketplaceReads database, IReadOnlyList<string> results, CancellationToken cancel)
    {
        var found = new Dictionary<string, Found>(results.Count, StringComparer.Ordinal);
        await foreach (var card in cards(database, results).WithCancellation(cancel))
        {
            found.Add(card.Result.Result, card);
        }

        return found;
    }

    /// <summary>What of the results may be applied for today, by result and in the order of its id.</summary>
    public async Task<ILookup<string, OfferHint>> Offers(MarketplaceReads database, IReadOnlyList<string> results, DateOnly today, CancellationToken cancel)
    {
        var open = new List<OfferRow>();
        await foreach (var offer in offers(database, results, today).WithCancellation(cancel))
        {
            open.Add(offer);
        }

        return open.ToLookup(o => o.Result, o => new OfferHint(OfferId.Wrap(o.Offer), o.Licence, o.TrialMonths, o.Models(), o.Cover));
    }
}
