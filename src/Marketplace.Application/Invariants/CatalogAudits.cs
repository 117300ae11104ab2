using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Files;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Application.Invariants;

internal sealed class OrganisationAudit(string stream)
    : StreamAudit<OrganisationState, OrganisationCommand, OrganisationEvent, Organisation>(stream)
{
    public static readonly AuditedKind Kind = new("organisation", stream => new OrganisationAudit(stream))
    {
        Tables = [OwnedTable.By<OrganisationRow>(nameof(OrganisationRow.Organisation))],
    };

    protected override IEnumerable<IReadRow> RowsOf(OrganisationState state) => OrganisationRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfTransition(OrganisationState after) => Transitions.Check(
        State.Status, after.Status, (State.Status, after.Status) switch
        {
            (OrganisationStatus.Absent or OrganisationStatus.Rejected, OrganisationStatus.Registered) => true,
            (OrganisationStatus.Registered or OrganisationStatus.Rejected or OrganisationStatus.Suspended, OrganisationStatus.Verified) => true,
            (OrganisationStatus.Registered, OrganisationStatus.Rejected) => true,
            (OrganisationStatus.Verified, OrganisationStatus.Suspended) => true,
            _ => false,
        });

    protected override IEnumerable<BrokenInvariant> OfEvent(OrganisationEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is OrganisationRegistered e && OrganisationId.ForUscc(e.Uscc).Value != Key)
        {
            yield return new BrokenInvariant(Invariant.EachItsOwn, $"the code {e.Uscc} is of another organisation");
        }
    }

    public override IEnumerable<StoredFile> Files => State.Licence is { } licence ? [licence] : [];

    /// <summary>Anybody registers, the organisation hands in its licence; everything after that is an administrator's.</summary>
    protected override bool MayHaveAsked(Actor actor, OrganisationEvent happened, OrganisationState after) => happened switch
    {
        OrganisationRegistered => true,
        LicenceHandedIn when actor.Organisation is not null => actor.Organisation == after.Id,
        _ => actor.Role is ActorRole.Administrator or ActorRole.System,
    };
}

internal sealed class LabResultAudit(string stream) : StreamAudit<LabResultState, LabResultCommand, LabResultEvent, LabResult>(stream)
{
    public static readonly AuditedKind Kind = new("result", stream => new LabResultAudit(stream))
    {
        Tables = [OwnedTable.By<ResultRow>(nameof(ResultRow.Result))],
    };

    protected override IEnumerable<IReadRow> RowsOf(LabResultState state) => ResultRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfTransition(LabResultState after) => Transitions.Check(
        State.Status, after.Status, (State.Status, after.Status) switch
        {
            (ResultStatus.Absent or ResultStatus.Submitted or ResultStatus.Priced, ResultStatus.Draft) => true,
            (ResultStatus.Draft or ResultStatus.PublicNotice, ResultStatus.Submitted) => true,
            (ResultStatus.Submitted, ResultStatus.Priced) => true,
            (ResultStatus.Priced, ResultStatus.PublicNotice) => true,
            (ResultStatus.PublicNotice or ResultStatus.Suspended, ResultStatus.Listed) => true,
            (ResultStatus.Listed, ResultStatus.Suspended) => true,
            (not (ResultStatus.Absent or ResultStatus.Withdrawn), ResultStatus.Withdrawn) => true,
            _ => false,
        });

    protected override IEnumerable<BrokenInvariant> OfEvent(LabResultEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is ResultListed && (State.Notice?.ClosesAtUtc is not { } closesAtUtc || recordedAtUtc < closesAtUtc))
        {
            yield return new BrokenInvariant(Invariant.EnforcedOnlyWhenDue, $"listed at {recordedAtUtc:O}, before the public notice was over");
        }
    }

    /// <summary>Its lab, administrators, and objections from everybody.</summary>
    protected override bool MayHaveAsked(Actor actor, LabResultEvent happened, LabResultState after) => actor.Role switch
    {
        ActorRole.Administrator or ActorRole.System => true,
        ActorRole.Lab or ActorRole.Company or ActorRole.Guarantor or ActorRole.Broker or ActorRole.Visitor or ActorRole.Person =>
            actor.Organisation == after.Lab || happened is ObjectionRaised or NoticeClockPaused,
    };
}

internal sealed class OfferAudit(string stream) : StreamAudit<OfferState, OfferCommand, OfferEvent, Offer>(stream)
{
    public static readonly AuditedKind Kind = new("offer", stream => new OfferAudit(stream))
    {
        Tables = [OwnedTable.By<OfferRow>(nameof(OfferRow.Offer))],
    };

    protected override IEnumerable<IReadRow> RowsOf(OfferState state) => OfferRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfTransition(OfferState after) => Transitions.Check(
        State.Status, after.Status,
        (State.Status, after.Status) is (OfferStatus.Absent, OfferStatus.Open) or (OfferStatus.Open, OfferStatus.Withdrawn));

    protected override bool MayHaveAsked(Actor actor, OfferEvent happened, OfferState after) => actor.Role switch
    {
        ActorRole.Administrator or ActorRole.System => true,
        ActorRole.Lab => actor.Organisation == after.Lab,
        ActorRole.Company or ActorRole.Guarantor or ActorRole.Broker or ActorRole.Visitor or ActorRole.Person => false,
    };
}

internal sealed class ReferenceAudit(string stream) : StreamAudit<ReferenceState, ReferenceCommand, ReferenceEvent, ReferenceBook>(stream)
{
    public static readonly AuditedKind Kind = new("reference", stream => new ReferenceAudit(stream));

    protected override IEnumerable<IReadRow> RowsOf(ReferenceState state) => [];

    protected override bool MayHaveAsked(Actor actor, ReferenceEvent happened, ReferenceState after) =>
        actor.Role is ActorRole.Administrator or ActorRole.System;
}

internal static class Transitions
{
    public static IEnumerable<BrokenInvariant> Check<TStatus>(TStatus before, TStatus after, bool isAllowed) where TStatus : struct, Enum =>
        isAllowed || EqualityComparer<TStatus>.Default.Equals(before, after)
            ? []
            : [new BrokenInvariant(Invariant.OnlyAllowedTransitions, $"leads from {before} to {after}")];
}
