using System.Collections.Concurrent;
using Marketplace.Application.Catalog;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>A result that fits a saved search: what is kept of it for notices.</summary>
public sealed record SearchHit(LabResultId Result, string SearchName)
{
    public const string Kind = "search";

    public const string Type = $"{Kind}/result-found";

    /// <summary>What the sources of its notices begin with.</summary>
    public static string SourcesOf(string search) => $"{Kind}/{search}/";

    /// <summary>The first text after all of them: of one more than a slash.</summary>
    public static string AfterSourcesOf(string search) => $"{Kind}/{search}0";
}

/// <summary>A result that comes into the catalog, or whose first offer does.</summary>
/// <param name="Offer">Null: the result was listed.</param>
internal sealed record Newcomer(string Result, string? Offer, DateTime AtUtc);

/// <summary>
/// When a result comes into the catalog or is offered, those are told who have saved a search that it fits: once for each search and result. All
/// searches are held beside it in memory, by the same words and values that the index has.
/// </summary>
public sealed class TellSearches(IJournal journal, IDbContextFactory<MarketplaceReads> reads, IDbContextFactory<NoticesDatabase> notices, MarketplaceClock clock)
{
    private const int SearchesAtOnce = 2_000;

    /// <summary>More than that are parted anew at each event.</summary>
    private const int MostPrepared = 20_000;

    private readonly ConcurrentDictionary<string, PreparedFilter> prepared = new(StringComparer.Ordinal);

    /// <summary>What comes into the catalog by this event.</summary>
    internal static IEnumerable<Newcomer> NewIn(string key, object happened, DateTime atUtc) => happened switch
    {
        ResultListed => [new Newcomer(key, null, atUtc)],
        OfferMade e => [new Newcomer(e.ResultId.Value, key, atUtc)],
        _ => [],
    };

    /// <param name="newcomers">Searches that were saved later have seen them.</param>
    internal async Task<IReadOnlyList<ToTell>> Of(IReadOnlyList<Newcomer> newcomers, CancellationToken cancel)
    {
        if (newcomers.Count == 0)
        {
            return [];
        }

        var found = await Read([.. newcomers.Select(n => n.Result).Distinct(StringComparer.Ordinal)], cancel);
        var happened = new List<Newcomer>();
        foreach (var newcomer in newcomers.Where(n => found.ContainsKey(n.Result)))
        {
            if (newcomer.Offer is null || await IsFirst(newcomer, newcomer.Offer, found[newcomer.Result].Offers, cancel))
            {
                happened.Add(newcomer);
            }
        }

        var told = new List<ToTell>();
        if (happened.Count == 0)
        {
            return told;
        }

        await using var database = await notices.CreateDbContextAsync(cancel);
        for (var last = ""; ;)
        {
            var page = await database.Searches.AsNoTracking().Where(s => !s.IsPaused && string.Compare(s.Search, last) > 0).OrderBy(s => s.Search).Take(SearchesAtOnce).ToListAsync(cancel);
            foreach (var search in page)
            {
                var filter = Prepare(search.Asked);
                told.AddRange(happened.Where(h => h.AtUtc > search.CreatedAtUtc && filter.Fits(found[h.Result].Listed)).DistinctBy(h => h.Result).Select(h => Told(search, h.Result, found[h.Result].Title, h.AtUtc)));
            }

            if (page.Count < SearchesAtOnce)
            {
                return told;
            }

            last = page[^1].Search;
        }
    }

    /// <summary>Whether no offer that is open now was made before it.</summary>
    private async Task<bool> IsFirst(Newcomer newcomer, string offer, IReadOnlyList<string> open, CancellationToken cancel)
    {
        foreach (var other in open.Where(o => o != offer))
        {
            await foreach (var made in journal.ReadStream($"offer/{other}", cancel))
            {
                var at = made.RecordedAtUtc.UtcDateTime;
                if (at < newcomer.AtUtc || (at == newcomer.AtUtc && string.CompareOrdinal(other, offer) < 0))
                {
                    return false;
                }

                break;
            }
        }

        return true;
    }

    private PreparedFilter Prepare(string asked) => prepared.Count < MostPrepared ? prepared.GetOrAdd(asked, Part) : prepared.TryGetValue(asked, out var known) ? known : Part(asked);

    private static PreparedFilter Part(string asked) => new(CatalogFilter.Of(CanonicalJson.Read<SearchedFor>(asked)).Value);

    private static ToTell Told(SavedSearch search, string result, BilingualText title, DateTime atUtc) => new(
        new NoticeHappening
        {
            Source = $"{SearchHit.SourcesOf(search.Search)}{result}",
            Type = SearchHit.Type,
            Topic = NoticeTopic.Searches,
            SubjectZh = title.Zh,
            SubjectEn = title.En,
            Body = CanonicalJson.Write(new SearchHit(LabResultId.Wrap(result), search.Name)),
            AtUtc = atUtc,
        },
        [], [(search.Person, null)], By: null);

    /// <summary>Those of the results that are listed, as an index would hold them now.</summary>
    private async Task<Dictionary<string, (ListedNow Listed, BilingualText Title, IReadOnlyList<string> Offers)>> Read(IReadOnlyList<string> results, CancellationToken cancel)
    {
        var today = LocalTime.DateOf(clock.NowUtc);
        await using var database = await reads.CreateDbContextAsync(cancel);
        var rows = await database.Of<ResultRow>().Where(r => results.Contains(r.Result) && r.Status == ResultStatus.Listed).ToListAsync(cancel);
        var labs = rows.Select(r => r.Lab).Distinct().ToList();
        var names = await database.Of<OrganisationRow>().Where(o => labs.Contains(o.Organisation)).ToDictionaryAsync(o => o.Organisation, cancel);
        var offers = (await database.Of<OfferRow>().OpenOn(today).Where(o => results.Contains(o.Result)).ToListAsync(cancel)).ToLookup(o => o.Result);
        return rows.ToDictionary(r => r.Result, r => (Listed(r, names.GetValueOrDefault(r.Lab), [.. offers[r.Result]]), new BilingualText(r.TitleZh, r.TitleEn), (IReadOnlyList<string>)[.. offers[r.Result].Select(o => o.Offer)]), StringComparer.Ordinal);
    }

    public static ListedNow Listed(ResultRow row, OrganisationRow? lab, IReadOnlyList<OfferRow> offers) => new(
        row.Lab, Words.Tokens(row.TitleZh, row.TitleEn), Words.Tokens(row.SummaryZh, row.SummaryEn, lab?.NameZh ?? "", lab?.NameEn ?? ""), row.Field, row.ReadinessLevel, row.RegionCode[..2], row.Status,
        [.. offers.Select(o => o.Licence)], [.. offers.SelectMany(o => o.Models())], [.. offers.Select(o => TrialLengths.Of(o.TrialMonths))],
        row.Rights(), [.. offers.Select(o => o.Cover)]);
}
