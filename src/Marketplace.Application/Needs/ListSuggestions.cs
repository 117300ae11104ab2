using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Needs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Needs;

/// <summary>What a laboratory has suggested, or what was suggested to a company; administrators see everybody's. By need and result.</summary>
/// <param name="Waiting">Only what has no answer yet.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListSuggestions(bool Waiting = false, string? After = null, int Limit = 50) : IQuery<Page<SuggestionLine>>;

public sealed record SuggestionLine(
    NeedId Need, BilingualText NeedTitle, LabResultId Result, BilingualText ResultTitle, string Note, DateTimeOffset AtUtc, SuggestionAnswer? Answer, string? Reason);

internal sealed class ListSuggestionsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller) : IRequestHandler<ListSuggestions, Result<Page<SuggestionLine>>>
{
    public async Task<Result<Page<SuggestionLine>>> Handle(ListSuggestions request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (need, result) = ("", "");
        if (request.After is { } after)
        {
            if (after.Split('-') is not [var n, var r] || !Id.TryParse<NeedId>(n, out _) || !Id.TryParse<LabResultId>(r, out _))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            (need, result) = (n, r);
        }

        var (own, isLab) = (caller.Principal.Organisation?.Value, caller.Principal.Role == ActorRole.Lab); // null for administrators only, as the roles say
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var found = await database.Of<SuggestionRow>()
            .Where(s => own == null || (isLab ? s.Lab == own : s.Company == own))
            .Where(s => !request.Waiting || s.Answer == null)
            .Where(s => string.Compare(s.Need, need) > 0 || (s.Need == need && string.Compare(s.Result, result) > 0))
            .OrderBy(s => s.Need).ThenBy(s => s.Result).Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        var (needs, results) = (found.Select(s => s.Need).Distinct().ToList(), found.Select(s => s.Result).Distinct().ToList());
        var needTitles = await database.Of<NeedRow>().Where(n => needs.Contains(n.Need)).ToDictionaryAsync(n => n.Need, n => new BilingualText(n.TitleZh, n.TitleEn), cancellationToken);
        var resultTitles = await database.Of<ResultRow>().Where(r => results.Contains(r.Result)).ToDictionaryAsync(r => r.Result, r => new BilingualText(r.TitleZh, r.TitleEn), cancellationToken);
        var page = Page<SuggestionRow>.Of(found, request.Limit, s => $"{s.Need}-{s.Result}");
        return new Page<SuggestionLine>(
            [
                .. page.Items.Select(s => new SuggestionLine(
                    NeedId.Wrap(s.Need), needTitles[s.Need], LabResultId.Wrap(s.Result), resultTitles[s.Result], s.Note, s.AtUtc.Instant(), s.Answer, s.Reason)),
            ],
            page.Next);
    }
}
