using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Reconciliations;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Payments;

namespace Marketplace.Application.Invariants;

internal sealed class ProviderNoticeAudit(string stream) : StreamAudit<ProviderNotice, ProviderNoticeCommand, ProviderNoticeEvent, ProviderNoticeRules>(stream)
{
    public static readonly AuditedKind Kind = new("provider-notice", stream => new ProviderNoticeAudit(stream))
    {
        Tables = [OwnedTable.By<ProviderNoticeRow>(nameof(ProviderNoticeRow.Notice))],
    };

    protected override IEnumerable<IReadRow> RowsOf(ProviderNotice state) => ProviderNoticeRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfEvent(ProviderNoticeEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        var wrong = happened switch
        {
            NoticeReceived e => State.Received is not null || $"{e.Provider}:{e.Notice}" != Key,
            NoticeWorkedOff or NoticeParked or NoticePostponed => State.Status != NoticeStatus.Waiting,
            NoticeReplayed => State.Status == NoticeStatus.Waiting,
            _ => false,
        };
        if (wrong)
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, $"{happened.GetType().Name} comes again, or out of order");
        }
    }

    protected override bool MayHaveAsked(Actor actor, ProviderNoticeEvent happened, ProviderNotice after) =>
        actor.Role == (happened is NoticeReplayed ? ActorRole.Administrator : ActorRole.System);
}

internal sealed class ProviderMovementAudit(string stream)
    : StreamAudit<ProviderMovement, ProviderMovementCommand, ProviderMovementEvent, ProviderMovementRules>(stream)
{
    public static readonly AuditedKind Kind = new("provider-movement", stream => new ProviderMovementAudit(stream))
    {
        Tables = [OwnedTable.By<ProviderMovementRow>(nameof(ProviderMovementRow.Movement))],
    };

    protected override IEnumerable<IReadRow> RowsOf(ProviderMovement state) => ProviderMovementRow.Of(Key, state);

    protected override IEnumerable<Entry> EntriesOf(ProviderMovementEvent happened) => ProviderMovementRules.EntriesFor(happened);

    protected override IEnumerable<BrokenInvariant> OfEvent(ProviderMovementEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        var wrong = happened switch
        {
            MovementSeen e => State.Line is not null || $"{e.Provider}:{e.Movement}" != Key,
            MovementExplained e => State is not { Line: { Agreement: null, ToBank: false } line, Reason: null } || (e.Provider, e.Net) != (line.Provider, line.Net),
            _ => false,
        };
        if (wrong)
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, "a movement is seen or explained again, or is another");
        }
    }

    protected override bool MayHaveAsked(Actor actor, ProviderMovementEvent happened, ProviderMovement after) =>
        actor.Role == (happened is MovementExplained ? ActorRole.Administrator : ActorRole.System);
}

internal sealed class ReconciliationAudit(string stream) : StreamAudit<Reconciliation, ReconciliationCommand, ReconciliationEvent, ReconciliationRules>(stream)
{
    public static readonly AuditedKind Kind = new("reconciliation", stream => new ReconciliationAudit(stream))
    {
        Tables = [OwnedTable.By<ReconciliationRow>(nameof(ReconciliationRow.Reconciliation))],
    };

    protected override IEnumerable<IReadRow> RowsOf(Reconciliation state) => ReconciliationRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfEvent(ReconciliationEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is ProviderReconciled e && (e.Key != Key || !e.IsWhole))
        {
            yield return new BrokenInvariant(Invariant.CashAgreesWithProvider, "a reconciliation does not name all that it found, or is of another day");
        }
    }

    protected override bool MayHaveAsked(Actor actor, ReconciliationEvent happened, Reconciliation after) => actor.Role == ActorRole.System;
}

internal sealed class PaymentProfileAudit(string stream) : StreamAudit<PaymentProfile, PaymentProfileCommand, PaymentProfileEvent, PaymentProfileRules>(stream)
{
    public static readonly AuditedKind Kind = new("payment-profile", stream => new PaymentProfileAudit(stream));

    protected override IEnumerable<IReadRow> RowsOf(PaymentProfile state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(PaymentProfileEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is CustomerNamed && State.Customer is not null)
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, "a customer is named again");
        }
    }

    protected override bool MayHaveAsked(Actor actor, PaymentProfileEvent happened, PaymentProfile after) => actor.Role == ActorRole.System;
}
