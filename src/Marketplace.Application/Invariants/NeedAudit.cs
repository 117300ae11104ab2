using Marketplace.Application.Needs;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Needs;

namespace Marketplace.Application.Invariants;

internal sealed class NeedAudit(string stream) : StreamAudit<NeedState, NeedCommand, NeedEvent, Need>(stream)
{
    public static readonly AuditedKind Kind = new("need", stream => new NeedAudit(stream))
    {
        Tables = [OwnedTable.By<NeedRow>(nameof(NeedRow.Need)), OwnedTable.By<SuggestionRow>(nameof(SuggestionRow.Need))],
    };

    protected override IEnumerable<IReadRow> RowsOf(NeedState state) => NeedRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfTransition(NeedState after) => Transitions.Check(
        State.Status, after.Status, (State.Status, after.Status) is (NeedStatus.Absent, NeedStatus.Open) or (NeedStatus.Open, NeedStatus.Closed));

    /// <summary>Its company, suggestions from laboratories, and closing by administrators.</summary>
    protected override bool MayHaveAsked(Actor actor, NeedEvent happened, NeedState after) => actor.Role switch
    {
        ActorRole.System => true,
        ActorRole.Administrator => happened is NeedClosed,
        ActorRole.Lab => happened is ResultSuggested suggested && suggested.Lab == actor.Organisation,
        ActorRole.Company => happened is not ResultSuggested && actor.Organisation == after.Company,
        ActorRole.Guarantor or ActorRole.Broker or ActorRole.Visitor or ActorRole.Person => false,
    };
}
