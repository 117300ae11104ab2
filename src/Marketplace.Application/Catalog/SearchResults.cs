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

/// <summary>The public catalog, newest first: what is under notice, listed or suspended.</summary>
/// <param name="Text">Part of the title or summary, in either language.</param>
/// <param name="MinReadiness">Lowest technology readiness level, whatever its scale.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[AnyoneMayAsk]
public sealed record SearchResults(
    string? Text = null,
    TechnologyField? Field = null,
    ResultStatus? Status = null,
    OrganisationId? Lab = null,
    int? MinReadiness = null,
    string? After = null,
    int Limit = 20) : IQuery<Page<ResultCard>>;

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
public sealed record OfferHint(OfferId Offer, LicenceKind Licence, int TrialMonths, IReadOnlyList<PaymentModel> Payments);

internal sealed class SearchResultsHandler(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock) : IRequestHandler<SearchResults, Result<Page<ResultCard>>>
{
    public const int MaxTextCharacters = 100;

    private sealed record Found(ResultRow Result, string LabZh, string LabEn);

    public async Task<Result<Page<ResultCard>>> Handle(SearchResults request, CancellationToken cancellationToken)
    {
        if (Check(request) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var results = Filter(database.Of<ResultRow>().Where(r => r.IsPublic), request);
        if (request.After is not null)
        {
            if (!TryParseCursor(request.After, out var since, out var last))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            results = results.Where(r => r.PublicSinceUtc < since || (r.PublicSinceUtc == since && string.Compare(r.Result, last) > 0));
        }

        var found = await results
            .OrderByDescending(r => r.PublicSinceUtc).ThenBy(r => r.Result)
            .Take(request.Limit + 1)
            .Join(database.Of<OrganisationRow>(), r => r.Lab, o => o.Organisation, (r, o) => new Found(r, o.NameZh, o.NameEn))
            .ToListAsync(cancellationToken);
        Found[] ordered = [.. found.OrderByDescending(f => f.Result.PublicSinceUtc).ThenBy(f => f.Result.Result, StringComparer.Ordinal)];
        var page = Page<Found>.Of(ordered, request.Limit, f => Cursor(f.Result));
        var offers = await OpenOffers(database, [.. page.Items.Select(f => f.Result.Result)], LocalTime.DateOf(clock.NowUtc), cancellationToken);
        return new Page<ResultCard>([.. page.Items.Select(f => Card(f.Result, new(f.LabZh, f.LabEn), offers[f.Result.Result]))], page.Next);
    }

    private static async Task<ILookup<string, OfferHint>> OpenOffers(
        MarketplaceReads database, IReadOnlyList<string> results, DateOnly today, CancellationToken cancel)
    {
        var rows = await database.Of<OfferRow>()
            .Where(o => results.Contains(o.Result) && o.Status == OfferStatus.Open && o.ValidUntil >= today)
            .OrderBy(o => o.Offer)
            .ToListAsync(cancel);
        return rows.ToLookup(o => o.Result, o => new OfferHint(
            OfferId.Wrap(o.Offer), o.Licence, o.TrialMonths, [.. o.PaymentModels.Split(' ').Select(m => Enum.Parse<PaymentModel>(m))]));
    }

    private static Refusal? Check(SearchResults request) =>
        request.Text is { Length: 0 or > MaxTextCharacters }
            ? Refusal.Invalid("text-too-long", $"搜索词应为 1 至 {MaxTextCharacters} 个字符。", $"A search text has 1 to {MaxTextCharacters} characters.", "text")
        : Paging.Check(request.Limit);

    private static IQueryable<ResultRow> Filter(IQueryable<ResultRow> results, SearchResults request)
    {
        if (request.Text is { } text)
        {
            var lower = text.ToLowerInvariant();
            results = results.Where(r => r.TitleZh.ToLower().Contains(lower) || r.TitleEn.ToLower().Contains(lower)
                || r.SummaryZh.ToLower().Contains(lower) || r.SummaryEn.ToLower().Contains(lower));
        }

        results = request.Field is { } field ? results.Where(r => r.Field == field) : results;
        results = request.Status is { } status ? results.Where(r => r.Status == status) : results;
        results = request.Lab is { } lab ? results.Where(r => r.Lab == lab.Value) : results;
        return request.MinReadiness is { } level ? results.Where(r => r.ReadinessLevel >= level) : results;
    }

    private static ResultCard Card(ResultRow row, BilingualText labName, IEnumerable<OfferHint> offers) => new(
        LabResultId.Wrap(row.Result), OrganisationId.Wrap(row.Lab), labName, row.Status,
        new(row.TitleZh, row.TitleEn), new(row.SummaryZh, row.SummaryEn), row.Field, row.Industry,
        row is { ReadinessLevel: { } level, ReadinessScale: { } scale } ? TechnologyReadiness.Of(level, scale, "readiness").Value : null,
        row.RegionCode, row.PricingMethod,
        row is { PriceMinor: { } minor, Currency: { } code } ? new Money(minor, Currency.Parse(code, "currency").Value) : null,
        row.NoticeClosesAtUtc, row.ListedAtUtc, [.. offers]);

    private static string Cursor(ResultRow row) => $"{row.PublicSinceUtc!.Value.Ticks.ToString(CultureInfo.InvariantCulture)}-{row.Result}";

    private static bool TryParseCursor(string text, out DateTime since, out string last)
    {
        (since, last) = (default, "");
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks || !Id.TryParse<LabResultId>(text[(dash + 1)..], out var id))
        {
            return false;
        }

        (since, last) = (new DateTime(ticks, DateTimeKind.Utc), id.Value);
        return true;
    }
}
