using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Needs;

/// <summary>The board of needs (技术需求榜), newest first.</summary>
/// <param name="Text">A part of the title or of the problem, in either language.</param>
/// <param name="Field">Any of them.</param>
/// <param name="Ended">Those that are closed or past their last day, instead of those that are open.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[AnyoneMayAsk]
public sealed record SearchNeeds(string? Text = null, IReadOnlyList<TechnologyField>? Field = null, bool Ended = false, string? After = null, int Limit = 20) : IQuery<Page<NeedCard>>
{
    public const int MaxTextCharacters = 100;
}

/// <summary>A need as everybody sees it.</summary>
/// <param name="Company">Null: the company is not named to this reader; so is its name.</param>
public sealed record NeedCard(
    NeedId Need, bool IsOpen, OrganisationId? Company, BilingualText? CompanyName, BilingualText Title, BilingualText Problem, IReadOnlyList<TechnologyField> Fields, int? MinReadiness, Money? Budget,
    IReadOnlyList<PaymentModel> Payments, int? TrialMonths, string? Region, DateOnly WantedUntil, DateTimeOffset PublishedAtUtc, int Suggestions);

internal sealed class SearchNeedsHandler(IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock, Caller caller) : IRequestHandler<SearchNeeds, Result<Page<NeedCard>>>
{
    public async Task<Result<Page<NeedCard>>> Handle(SearchNeeds request, CancellationToken cancellationToken)
    {
        if (request.Text is { Length: 0 or > SearchNeeds.MaxTextCharacters })
        {
            return Refusal.Invalid(
                "text-too-long", $"搜索词应为 1 至 {SearchNeeds.MaxTextCharacters} 个字符。", $"A search text has 1 to {SearchNeeds.MaxTextCharacters} characters.", "text");
        }

        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var place = (AtUtc: DateTime.MaxValue, Need: "");
        if (request.After is { } after && !TryParse(after, out place))
        {
            return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
        }

        var today = LocalTime.DateOf(clock.NowUtc);
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = database.Of<NeedRow>();
        rows = request.Ended
            ? rows.Where(n => n.Status == NeedStatus.Closed || n.WantedUntil < today)
            : rows.Where(n => n.Status == NeedStatus.Open && n.WantedUntil >= today);
        if (request.Text is { } text)
        {
            var lower = text.ToLowerInvariant();
            rows = rows.Where(n => n.TitleZh.ToLower().Contains(lower) || n.TitleEn.ToLower().Contains(lower) || n.ProblemZh.ToLower().Contains(lower) || n.ProblemEn.ToLower().Contains(lower));
        }

        if (request.Field is { Count: > 0 } fields)
        {
            var names = fields.Select(NeedRow.Between).ToList();
            rows = rows.Where(n => names.Any(f => n.Fields.Contains(f)));
        }

        if (request.After is not null)
        {
            var (at, last) = place;
            rows = rows.Where(n => n.PublishedAtUtc < at || (n.PublishedAtUtc == at && string.Compare(n.Need, last) > 0));
        }

        var found = await rows.OrderByDescending(n => n.PublishedAtUtc).ThenBy(n => n.Need).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var page = Page<NeedRow>.Of(found, request.Limit, n => string.Create(CultureInfo.InvariantCulture, $"{n.PublishedAtUtc.Ticks}-{n.Need}"));
        var companies = page.Items.Where(n => IsNamedTo(caller.Principal, n)).Select(n => n.Company).Distinct().ToList();
        var named = await database.Of<OrganisationRow>().Where(o => companies.Contains(o.Organisation)).ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), cancellationToken);
        return new Page<NeedCard>([.. page.Items.Select(n => Card(n, named.GetValueOrDefault(n.Company), today))], page.Next);
    }

    /// <summary>On the board; whoever has had an answer learns it on the need's own page.</summary>
    private static bool IsNamedTo(Principal reader, NeedRow need) => need.IsNamed || reader.Sees(OrganisationId.Wrap(need.Company));

    /// <param name="company">Null: it is not named to the reader.</param>
    private static NeedCard Card(NeedRow n, BilingualText? company, DateOnly today)
    {
        var content = n.Content();
        return new NeedCard(
            NeedId.Wrap(n.Need), n.IsOpenOn(today), company is null ? null : OrganisationId.Wrap(n.Company), company, content.Title, content.Problem, content.Fields, content.MinReadiness, content.Budget,
            content.Payments, content.TrialMonths, content.Region, content.WantedUntil, n.PublishedAtUtc.Instant(), n.Suggestions);
    }

    private static bool TryParse(string marker, out (DateTime AtUtc, string Need) place)
    {
        place = default;
        if (marker.Split('-', 2) is not [var at, var need] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks || !Id.TryParse<NeedId>(need, out var id))
        {
            return false;
        }

        place = (new DateTime(ticks, DateTimeKind.Utc), id.Value);
        return true;
    }
}
