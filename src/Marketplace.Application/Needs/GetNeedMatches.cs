using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Needs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Needs;

/// <summary>Results that fit a need, best first, and why: for its company and administrators those of all laboratories, for a laboratory its own.</summary>
[MayAsk(ActorRole.Company, ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetNeedMatches(NeedId Need) : IQuery<IReadOnlyList<ResultMatch>>
{
    public const int Most = 10;
}

/// <param name="Offers">Of the result, that may be applied for today.</param>
public sealed record ResultMatch(LabResultId Result, BilingualText Title, OrganisationId Lab, BilingualText LabName, IReadOnlyList<OfferId> Offers, int Score, IReadOnlyList<MatchReason> Reasons);

internal sealed class GetNeedMatchesHandler(Commands commands, NeedMatching matching, IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<GetNeedMatches, Result<IReadOnlyList<ResultMatch>>>
{
    public async Task<Result<IReadOnlyList<ResultMatch>>> Handle(GetNeedMatches request, CancellationToken cancellationToken)
    {
        var state = await commands.StateOf<INeedGrain, NeedState>(request.Need.Value);
        var isLab = commands.Principal.Role == ActorRole.Lab;
        if (state is not { Company: { } company, Content: { } content } || (!isLab && !commands.Principal.Sees(company)))
        {
            return Refusal.NotFound();
        }

        var matches = await matching.ResultsFor(content, isLab ? commands.OwnOrganisation : null, GetNeedMatches.Most, cancellationToken);
        var labs = matches.Select(m => m.Result.Lab).Distinct().ToList();
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var names = await database.Of<OrganisationRow>().Where(o => labs.Contains(o.Organisation)).ToDictionaryAsync(o => o.Organisation, o => new BilingualText(o.NameZh, o.NameEn), cancellationToken);
        return Result<IReadOnlyList<ResultMatch>>.Of(
        [
            .. matches.Select(m => new ResultMatch(
                LabResultId.Wrap(m.Result.Result), new(m.Result.TitleZh, m.Result.TitleEn), OrganisationId.Wrap(m.Result.Lab), names.GetValueOrDefault(m.Result.Lab, BilingualText.Empty), m.Offers,
                m.Match.Score, m.Match.Reasons)),
        ]);
    }
}
