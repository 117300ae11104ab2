using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.LabResults;

/// <summary>Everything that happened to a result, objections with their grounds included; for its lab and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetResultTimeline(LabResultId Result) : IQuery<IReadOnlyList<TimelineEntry>>;

internal sealed class GetResultTimelineHandler(Commands commands, IJournal journal)
    : IRequestHandler<GetResultTimeline, Result<IReadOnlyList<TimelineEntry>>>
{
    public async Task<Result<IReadOnlyList<TimelineEntry>>> Handle(GetResultTimeline request, CancellationToken cancellationToken)
    {
        var state = await commands.StateOf<ILabResultGrain, LabResultState>(request.Result.Value);
        return state.Lab is { } lab && commands.Principal.Sees(lab)
            ? Result<IReadOnlyList<TimelineEntry>>.Of(await journal.TimelineOf($"result/{request.Result}", cancellationToken))
            : Refusal.NotFound();
    }
}
