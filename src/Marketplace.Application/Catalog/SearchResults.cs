using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Catalog;

/// <summary>The public catalog: what is under notice, listed or suspended. Several values of one member mean any of them.</summary>
/// <param name="Text">Words of the title, the summary or the lab's name, in either language, all of which must be there.</param>
/// <param name="Readiness">Technology readiness levels, whatever their scale.</param>
/// <param name="Region">Provinces: the first two digits of GB/T 2260.</param>
/// <param name="Licence">Of an offer that may be applied for today; so are payment and trial, if of another one.</param>
/// <param name="Right">How any of its rights stands.</param>
/// <param name="Cover">Of an offer, as its licence.</param>
/// <param name="MinReadiness">Lowest technology readiness level.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[AnyoneMayAsk]
public sealed record SearchResults(
    string? Text = null,
    IReadOnlyList<TechnologyField>? Field = null,
    IReadOnlyList<int>? Readiness = null,
    IReadOnlyList<string>? Region = null,
    IReadOnlyList<LicenceKind>? Licence = null,
    IReadOnlyList<PaymentModel>? Payment = null,
    IReadOnlyList<TrialLength>? Trial = null,
    IReadOnlyList<RightStatus>? Right = null,
    IReadOnlyList<OfferCover>? Cover = null,
    ResultStatus? Status = null,
    OrganisationId? Lab = null,
    int? MinReadiness = null,
    CatalogOrder Order = CatalogOrder.Newest,
    string? After = null,
    int Limit = 20) : IQuery<Page<ResultCard>>, ICatalogQuestion;

/// <summary>A result as the catalog shows it.</summary>
/// <param name="LabName">Null only when the lab's registration is gone, which cannot happen.</param>
/// <param name="Readiness">With its scale, e.g. <c>TRL 6 (GB/T 22900)</c>.</param>
/// <param name="Offers">What may be applied for today.</param>
public sealed record ResultCard(
    LabResultId Result,
    OrganisationId Lab,
    BilingualText LabName,
    ResultStatus Status,
    BilingualText Title,
    BilingualText Summary,
    TechnologyField Field,
    string Industry,
    TechnologyReadiness? Readiness,
    string RegionCode,
    PricingMethod? PricingMethod,
    Money? Price,
    DateTimeOffset? NoticeClosesAtUtc,
    DateTimeOffset? ListedAtUtc,
    IReadOnlyList<OfferHint> Offers);

/// <summary>What a company asks first of an offer.</summary>
public sealed record OfferHint(OfferId Offer, LicenceKind Licence, int TrialMonths, IReadOnlyList<PaymentModel> Payments, OfferCover Cover);

internal sealed class SearchResultsHandler(IDbContextFactory<MarketplaceReads> reads, CardQueries queries, MarketplaceClock clock, ICatalogIndex? index = null)
    : IRequestHandler<SearchResults, Result<Page<ResultCard>>>
{
    /// <summary>Begins the page marker of what comes after the matching titles.</summary>
    private const char BelowTitles = '~';

    /// <summary>The longest trial that terms may have.</summary>
    private const int OfferedMonths = 24;

    public async Task<Result<Page<ResultCard>>> Handle(SearchResults request, CancellationToken cancellationToken)
    {
        var asked = CatalogFilter.Of(request);
        if ((asked.Refusal ?? Paging.Check(request.Limit)) is { } refusal)
        {
            return refusal;
        }

        CatalogPlace? after = null;
        if (request.After is not null && !TryParse(request.After, out after))
        {
            return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var today = LocalTime.DateOf(clock.NowUtc);
        var filter = asked.Value;

        // The table is in this order itself: whoever asks for everything need not wait for the index to follow.
        var places = index is null || filter.IsEverything ? null : await index.Find(filter, request.Order, after, request.Limit + 1, cancellationToken);
        places ??= filter.IsEverything && after is null
            ? await queries.Newest(database, request.Limit + 1, cancellationToken)
            : await FromTables(database, filter, after, request.Limit + 1, today, cancellationToken);
        var page = Page<CatalogPlace>.Of(places, request.Limit, Marker);
        return new Page<ResultCard>(await Cards(database, [.. page.Items.Select(p => p.Result)], today, cancellationToken), page.Next);
    }

    /// <summary>As an index would find them, but for words: parts of the text count, and titles come in no order of their own.</summary>
    private static async Task<IReadOnlyList<CatalogPlace>> FromTables(
        MarketplaceReads database, CatalogFilter filter, CatalogPlace? after, int limit, DateOnly today, CancellationToken cancel)
    {
        var results = Filter(database, filter, today);
        if (after is { PublicSinceUtc: var since, Result: var last })
        {
            results = results.Where(r => r.PublicSinceUtc <= since && (r.PublicSinceUtc < since || string.Compare(r.Result, last) > 0)); // one bound, for the index
        }

        var found = await results
            .OrderByDescending(r => r.PublicSinceUtc).ThenBy(r => r.Result)
            .Take(limit)
            .Select(r => new { r.PublicSinceUtc, r.Result })
            .ToListAsync(cancel);
        return [.. found.Select(f => new CatalogPlace(f.PublicSinceUtc!.Value, f.Result))];
    }

    /// <summary>In the order of the ids; one that is not public any more is left out, whatever the index still says.</summary>
    private async Task<IReadOnlyList<ResultCard>> Cards(MarketplaceReads database, IReadOnlyList<string> results, DateOnly today, CancellationToken cancel)
    {
        var found = await queries.Cards(database, results, cancel);
        var offers = await queries.Offers(database, results, today, cancel);
        return [.. results.Where(found.ContainsKey).Select(r => Card(found[r].Result, new(found[r].LabZh, found[r].LabEn), offers[r]))];
    }

    private static IQueryable<ResultRow> Filter(MarketplaceReads database, CatalogFilter filter, DateOnly today)
    {
        var results = database.Of<ResultRow>().Where(r => r.IsPublic);
        if (filter.Text is { } text)
        {
            var lower = text.ToLowerInvariant();
            results = results.Where(r => r.TitleZh.ToLower().Contains(lower) || r.TitleEn.ToLower().Contains(lower)
                || r.SummaryZh.ToLower().Contains(lower) || r.SummaryEn.ToLower().Contains(lower));
        }

        results = filter.Fields.Count > 0 ? results.Where(r => filter.Fields.Contains(r.Field)) : results;
        results = filter.Readiness.Count > 0 ? results.Where(r => r.ReadinessLevel != null && filter.Readiness.Contains(r.ReadinessLevel.Value)) : results;
        results = filter.Regions.Count > 0 ? results.Where(r => filter.Regions.Contains(r.RegionCode.Substring(0, 2))) : results;
        results = filter.Statuses.Count > 0 ? results.Where(r => filter.Statuses.Contains(r.Status)) : results;
        results = filter.Lab is { } lab ? results.Where(r => r.Lab == lab.Value) : results;

        if (filter.Rights.Count > 0)
        {
            var names = Padded(filter.Rights);
            results = results.Where(r => names.Any(n => (" " + r.RightStatuses + " ").Contains(n)));
        }

        var offers = database.Of<OfferRow>().OpenOn(today);
        results = filter.Covers.Count > 0 ? results.Where(r => offers.Any(o => o.Result == r.Result && filter.Covers.Contains(o.Cover))) : results;
        results = filter.Licences.Count > 0 ? results.Where(r => offers.Any(o => o.Result == r.Result && filter.Licences.Contains(o.Licence))) : results;
        if (filter.Payments.Count > 0)
        {
            var names = Padded(filter.Payments);
            results = results.Where(r => offers.Any(o => o.Result == r.Result && names.Any(n => (" " + o.PaymentModels + " ").Contains(n))));
        }

        if (filter.Trials.Count > 0)
        {
            var months = filter.Trials.Select(TrialLengths.MonthsOf).SelectMany(t => Enumerable.Range(t.Least, Math.Min(t.Most, OfferedMonths) - t.Least + 1)).ToList();
            results = results.Where(r => offers.Any(o => o.Result == r.Result && months.Contains(o.TrialMonths)));
        }

        return results;
    }

    /// <summary>To be found among names with spaces between, and before the first and after the last.</summary>
    private static List<string> Padded<T>(IReadOnlyList<T> chosen) => [.. chosen.Select(c => $" {c} ")];

    private static ResultCard Card(ResultRow row, BilingualText labName, IEnumerable<OfferHint> offers) => new(
        LabResultId.Wrap(row.Result), OrganisationId.Wrap(row.Lab), labName, row.Status,
        new(row.TitleZh, row.TitleEn), new(row.SummaryZh, row.SummaryEn), row.Field, row.Industry,
        row is { ReadinessLevel: { } level, ReadinessScale: { } scale } ? TechnologyReadiness.Of(level, scale, "readiness").Value : null,
        row.RegionCode, row.PricingMethod,
        row is { PriceMinor: { } minor, Currency: { } code } ? new Money(minor, Currency.Parse(code, "currency").Value) : null,
        row.NoticeClosesAtUtc, row.ListedAtUtc, [.. offers]);

    private static string Marker(CatalogPlace place) =>
        $"{(place.IsBelowTitles ? BelowTitles : null)}{place.PublicSinceUtc.Ticks.ToString(CultureInfo.InvariantCulture)}-{place.Result}";

    private static bool TryParse(string marker, out CatalogPlace? place)
    {
        place = null;
        var isBelowTitles = marker.StartsWith(BelowTitles);
        var text = isBelowTitles ? marker[1..] : marker;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks || !Id.TryParse<LabResultId>(text[(dash + 1)..], out var id))
        {
            return false;
        }

        place = new CatalogPlace(new DateTime(ticks, DateTimeKind.Utc), id.Value, isBelowTitles);
        return true;
    }
}
