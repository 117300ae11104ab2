using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>Everything that happened to an agreement, with its postings, oldest first; for its parties and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetAgreementTimeline(AgreementId Agreement) : IQuery<IReadOnlyList<TimelineEntry>>;

internal sealed class GetAgreementTimelineHandler(Commands commands, IJournal journal)
    : IRequestHandler<GetAgreementTimeline, Result<IReadOnlyList<TimelineEntry>>>
{
    public async Task<Result<IReadOnlyList<TimelineEntry>>> Handle(GetAgreementTimeline request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var timeline = await journal.TimelineOf($"agreement/{request.Agreement}", cancellationToken);
        return Result<IReadOnlyList<TimelineEntry>>.Of(commands.Principal.Sees(visible.Value.Lab) ? timeline : LabsOwn.LeftOut(timeline, commands.Principal.Role));
    }
}
