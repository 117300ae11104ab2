using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Needs;
using MediatR;

namespace Marketplace.Application.Needs;

/// <summary>Open needs that a result fits, best first, and why; for its laboratory and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetResultNeeds(LabResultId Result) : IQuery<IReadOnlyList<MatchingNeed>>
{
    public const int Most = 10;
}

public sealed record MatchingNeed(NeedId Need, BilingualText Title, DateOnly WantedUntil, int Score, IReadOnlyList<MatchReason> Reasons);

internal sealed class GetResultNeedsHandler(Commands commands, NeedMatching matching) : IRequestHandler<GetResultNeeds, Result<IReadOnlyList<MatchingNeed>>>
{
    public async Task<Result<IReadOnlyList<MatchingNeed>>> Handle(GetResultNeeds request, CancellationToken cancellationToken)
    {
        var state = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        if (state.Lab is not { } lab || !commands.Principal.Sees(lab))
        {
            return Refusal.NotFound();
        }

        var (_, matches) = await matching.NeedsFor(request.Result, GetResultNeeds.Most, cancellationToken);
        return Result<IReadOnlyList<MatchingNeed>>.Of(
            [.. matches.Select(m => new MatchingNeed(NeedId.Wrap(m.Need.Need), new(m.Need.TitleZh, m.Need.TitleEn), m.Need.WantedUntil, m.Match.Score, m.Match.Reasons))]);
    }
}
