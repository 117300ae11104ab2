using Marketplace.Application.Catalog;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Needs;

/// <summary>
/// Which results fit a need, and which needs a result. Candidates come from the catalog's index, by field and by words, or from the read tables;
/// so many at most, whatever there is. Then each is scored by <see cref="NeedMatch"/>.
/// </summary>
public sealed class NeedMatching(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock, ICatalogIndex? index = null)
{
    private const int MostOfFields = 200;
    private const int MostWords = 24;
    private const int MostOfWord = 20;
    private const int MostNeeds = 300;

    /// <summary>Listed results that have to do with the need, best first.</summary>
    /// <param name="lab">Only its results; null: everybody's.</param>
    public async Task<IReadOnlyList<(ResultRow Result, IReadOnlyList<OfferId> Offers, NeedMatch Match)>> ResultsFor(NeedContent need, OrganisationId? lab, int most, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        var candidates = await Candidates(database, need, lab, cancel);
        var rows = await database.Of<ResultRow>().Where(r => candidates.Contains(r.Result) && r.Status == ResultStatus.Listed).ToListAsync(cancel);
        var offers = await OffersOf(database, rows.ConvertAll(r => r.Result), cancel);
        return
        [
            .. rows.Select(r => (Result: r, Offers: (IReadOnlyList<OfferId>)[.. offers[r.Result].Select(o => OfferId.Wrap(o.Offer))], Match: NeedMatch.Of(need, Matched(r, offers[r.Result]))))
                .Where(m => m.Match.IsRelated)
                .OrderByDescending(m => m.Match.Score).ThenBy(m => m.Result.Result, StringComparer.Ordinal)
                .Take(most),
        ];
    }

    /// <summary>Open needs that a result has to do with, best first; null and none when it is not listed.</summary>
    public async Task<(ResultRow? Result, IReadOnlyList<(NeedRow Need, NeedMatch Match)> Matches)> NeedsFor(LabResultId result, int most, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        if (await database.Of<ResultRow>().FirstOrDefaultAsync(r => r.Result == result.Value && r.Status == ResultStatus.Listed, cancel) is not { } row)
        {
            return (null, []);
        }

        var matched = Matched(row, (await OffersOf(database, [row.Result], cancel))[row.Result]);
        var (today, field) = (LocalTime.DateOf(clock.NowUtc), NeedRow.Between(row.Field));
        var open = database.Of<NeedRow>().Where(n => n.Status == NeedStatus.Open && n.WantedUntil >= today);
        var candidates = await open.Where(n => n.Fields.Contains(field)).OrderByDescending(n => n.PublishedAtUtc).ThenBy(n => n.Need).Take(MostNeeds).ToListAsync(cancel);
        candidates.AddRange(await open.Where(n => !n.Fields.Contains(field)).OrderByDescending(n => n.PublishedAtUtc).ThenBy(n => n.Need).Take(MostNeeds).ToListAsync(cancel));
        return (row,
        [
            .. candidates.Select(n => (Need: n, Match: NeedMatch.Of(n.Content(), matched)))
                .Where(m => m.Match.IsRelated)
                .OrderByDescending(m => m.Match.Score).ThenBy(m => m.Need.Need, StringComparer.Ordinal)
                .Take(most),
        ]);
    }

    private async Task<IReadOnlyList<string>> Candidates(MarketplaceReads database, NeedContent need, OrganisationId? lab, CancellationToken cancel)
    {
        var ofFields = new CatalogFilter(null, need.Fields, [], [], [], [], [], [], [], [ResultStatus.Listed], lab);
        if (index is null || await index.Find(ofFields, CatalogOrder.Newest, null, MostOfFields, cancel) is not { } found)
        {
            return await FromTables(database, need, lab, cancel);
        }

        var candidates = found.Select(p => p.Result).ToHashSet(StringComparer.Ordinal);
        foreach (var word in CommonWords.ToAskFor([need.Title.Zh, need.Title.En, need.Problem.Zh, need.Problem.En], MostWords))
        {
            var ofWord = await index.Find(ofFields with { Text = word, Fields = [] }, CatalogOrder.Newest, null, MostOfWord, cancel);
            candidates.UnionWith((ofWord ?? []).Select(p => p.Result));
        }

        return [.. candidates];
    }

    /// <summary>Without an index, by field alone.</summary>
    private static async Task<IReadOnlyList<string>> FromTables(MarketplaceReads database, NeedContent need, OrganisationId? lab, CancellationToken cancel) =>
        await database.Of<ResultRow>()
            .Where(r => r.Status == ResultStatus.Listed && r.IsPublic && need.Fields.Contains(r.Field) && (lab == null || r.Lab == lab.Value.Value))
            .OrderByDescending(r => r.PublicSinceUtc).ThenBy(r => r.Result).Take(MostOfFields).Select(r => r.Result).ToListAsync(cancel);

    private async Task<ILookup<string, OfferRow>> OffersOf(MarketplaceReads database, IReadOnlyList<string> results, CancellationToken cancel)
    {
        var today = LocalTime.DateOf(clock.NowUtc);
        return (await database.Of<OfferRow>().OpenOn(today).Where(o => results.Contains(o.Result)).OrderBy(o => o.Offer).ToListAsync(cancel)).ToLookup(o => o.Result);
    }

    private static MatchedResult Matched(ResultRow row, IEnumerable<OfferRow> offers) => new(
        new(row.TitleZh, row.TitleEn), new(row.SummaryZh, row.SummaryEn), row.Field, row.ReadinessLevel, row.RegionCode[..2],
        row is { PriceMinor: { } minor, Currency: { } code } ? new Money(minor, Currency.Parse(code, "currency").Value) : null,
        [.. offers.Select(o => new MatchedOffer(o.Models(), o.TrialMonths))]);
}
