using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Needs;

/// <summary>A need with as much as the reader may see: what is published for everybody, suggestions for its company and each for its laboratory.</summary>
[AnyoneMayAsk]
public sealed record GetNeed(NeedId Need) : IQuery<NeedView>;

/// <param name="IsOpen">Results can be suggested today.</param>
/// <param name="Company">Whose it is; null: not named to this reader, and neither is its name.</param>
/// <param name="IsOwn">The reader acts for that company.</param>
/// <param name="SuggestionCount">All of them.</param>
/// <param name="Suggestions">That the reader may see, in the order in which they came.</param>
public sealed record NeedView(
    NeedId Need, NeedStatus Status, bool IsOpen, NeedClosing? Closing, NeedContent Content, DateTimeOffset PublishedAtUtc, OrganisationId? Company, BilingualText? CompanyName, bool IsOwn,
    int SuggestionCount, IReadOnlyList<SuggestionView> Suggestions);

/// <param name="Offers">Of the result, that may be applied for today.</param>
public sealed record SuggestionView(
    LabResultId Result, BilingualText Title, OrganisationId Lab, BilingualText LabName, string Note, DateTimeOffset AtUtc, SuggestionAnswer? Answer, string? Reason, IReadOnlyList<OfferId> Offers);

internal sealed class GetNeedHandler(Commands commands, IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock) : IRequestHandler<GetNeed, Result<NeedView>>
{
    public async Task<Result<NeedView>> Handle(GetNeed request, CancellationToken cancellationToken)
    {
        var state = await commands.StateOf<INeedGrain, NeedState>(request.Need.Value);
        if (state is not { Company: { } company, Content: { } content })
        {
            return Refusal.NotFound();
        }

        var today = LocalTime.DateOf(clock.NowUtc);
        var reader = commands.Principal;
        var seen = state.Suggestions.Where(s => reader.Sees(company) || reader.Sees(s.Lab)).ToList();
        var isNamed = content.IsNamed || reader.Sees(company) || seen.Any(s => s.Answer is not null);
        var name = isNamed ? (await commands.StateOf<IOrganisationGrain, OrganisationState>(company.Value)).Name : null;
        return new NeedView(
            request.Need, state.Status, state.IsOpenOn(today), state.Closing, content, state.PublishedAtUtc, isNamed ? company : null, name, reader.Organisation == company,
            state.Suggestions.Count, await Views(seen, today, cancellationToken));
    }

    private async Task<IReadOnlyList<SuggestionView>> Views(IReadOnlyList<Suggestion> suggestions, DateOnly today, CancellationToken cancel)
    {
        if (suggestions.Count == 0)
        {
            return [];
        }

        var results = suggestions.Select(s => s.Result.Value).ToList();
        var labs = suggestions.Select(s => s.Lab.Value).Distinct().ToList();
        await using var database = await reads.CreateDbContextAsync(cancel);
        var titles = await database.Of<ResultRow>().Where(r => results.Contains(r.Result)).ToDictionaryAsync(r => r.Result, r => new BilingualText(r.TitleZh, r.TitleEn), cancel);
        var names = await database.Of<OrganisationRow>().Where(o => labs.Contains(o.Organisation)).ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), cancel);
        var offers = (await database.Of<OfferRow>().OpenOn(today).Where(o => results.Contains(o.Result)).OrderBy(o => o.Offer).ToListAsync(cancel))
            .ToLookup(o => o.Result, o => OfferId.Wrap(o.Offer));
        return
        [
            .. suggestions.Select(s => new SuggestionView(
                s.Result, titles.GetValueOrDefault(s.Result.Value, BilingualText.Empty), s.Lab, names.GetValueOrDefault(s.Lab.Value, BilingualText.Empty), s.Note, s.AtUtc, s.Answer, s.Reason,
                [.. offers[s.Result.Value]])),
        ];
    }
}
