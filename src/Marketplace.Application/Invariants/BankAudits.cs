using Marketplace.Application.Banking;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;

namespace Marketplace.Application.Invariants;

internal sealed class BankAccountAudit(string stream) : StreamAudit<OwnAccount, OwnAccountCommand, OwnAccountEvent, OwnAccountRules>(stream)
{
    public static readonly AuditedKind Kind = new("bank-account", stream => new BankAccountAudit(stream))
    {
        Tables = [OwnedTable.By<BankAccountRow>(nameof(BankAccountRow.Account))],
    };

    protected override IEnumerable<IReadRow> RowsOf(OwnAccount state) => BankAccountRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfEvent(OwnAccountEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is BankAccountRegistered e && BankAccountId.For(new StatementAccount(e.Account.Number, e.Currency)).Value != Key)
        {
            yield return new BrokenInvariant(Invariant.EachItsOwn, $"{e.Account.Number} {e.Currency} is another account");
        }
    }

    protected override bool MayHaveAsked(Actor actor, OwnAccountEvent happened, OwnAccount after) => BankAudits.IsInCharge(actor);
}

internal sealed class CsvMappingAudit(string stream) : StreamAudit<KeptCsvMapping, CsvMappingCommand, CsvMappingEvent, CsvMappingRules>(stream)
{
    public static readonly AuditedKind Kind = new("csv-mapping", stream => new CsvMappingAudit(stream))
    {
        Tables = [OwnedTable.By<CsvMappingRow>(nameof(CsvMappingRow.Mapping))],
    };

    protected override IEnumerable<IReadRow> RowsOf(KeptCsvMapping state) => CsvMappingRow.Of(Key, state);

    protected override bool MayHaveAsked(Actor actor, CsvMappingEvent happened, KeptCsvMapping after) => BankAudits.IsInCharge(actor);
}

internal sealed class BankStatementAudit(string stream) : StreamAudit<BankStatement, BankStatementCommand, BankStatementEvent, BankStatementRules>(stream)
{
    public static readonly AuditedKind Kind = new("bank-statement", stream => new BankStatementAudit(stream))
    {
        Tables = [OwnedTable.By<BankStatementRow>(nameof(BankStatementRow.Statement))],
    };

    protected override IEnumerable<IReadRow> RowsOf(BankStatement state) => BankStatementRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfTransition(BankStatement after) => Transitions.Check(
        State.Status, after.Status, (State.Status, after.Status) is
            (StatementStatus.None, StatementStatus.Uploading) or (StatementStatus.Uploading, StatementStatus.Importing) or (StatementStatus.Importing, StatementStatus.Imported));

    protected override IEnumerable<BrokenInvariant> OfEvent(BankStatementEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        var wrong = happened switch
        {
            StatementChunkKept e when e.Number != State.Chunks + 1 => (Invariant.ChainHolds, $"piece {e.Number} follows {State.Chunks}"),
            StatementAccepted e when BankStatementId.For(e.Sha256).Value != Key => (Invariant.EachItsOwn, $"the file {e.Sha256} is another statement"),
            StatementAccepted e when e.Parts.Any(p => !AddsUp(p.Totals)) => (Invariant.PartsSumToTheWhole, "opening balance, credits and debits do not give the closing balance"),
            StatementProgressed e when e.Done <= State.Done || e.Done >= State.Entries || e.New > e.Done => (Invariant.PartsSumToTheWhole, $"{e.New} new of {e.Done} of {State.Entries} lines"),
            StatementImported e when e.Entries != State.Entries || e.New > e.Entries => (Invariant.PartsSumToTheWhole, $"{e.New} new of {e.Entries} of {State.Entries} lines"),
            _ => default,
        };
        if (wrong is { Item1: > 0 })
        {
            yield return new BrokenInvariant(wrong.Item1, wrong.Item2);
        }
    }

    protected override bool MayHaveAsked(Actor actor, BankStatementEvent happened, BankStatement after) => BankAudits.IsInCharge(actor);

    private static bool AddsUp(StatementTotals totals) =>
        totals is not { Opening: { } opening, Closing: { } closing } || opening + totals.Credits - totals.Debits == closing;
}

internal sealed class BankLineAudit(string stream) : StreamAudit<BankLine, BankLineCommand, BankLineEvent, BankLineRules>(stream)
{
    public static readonly AuditedKind Kind = new("bank-line", stream => new BankLineAudit(stream))
    {
        Tables = [OwnedTable.By<BankLineRow>(nameof(BankLineRow.Line))],
    };

    protected override IEnumerable<IReadRow> RowsOf(BankLine state) => BankLineRow.Of(Key, state);

    protected override IEnumerable<Entry> EntriesOf(BankLineEvent happened) => BankLineRules.EntriesFor(happened);

    protected override IEnumerable<BrokenInvariant> OfTransition(BankLine after) => Transitions.Check(
        State.Status, after.Status, (State.Status, after.Status) switch
        {
            (BankLineStatus.None, BankLineStatus.Recorded) => true,
            (BankLineStatus.Recorded, BankLineStatus.Proposed or BankLineStatus.Parked) => true,
            (BankLineStatus.Recorded or BankLineStatus.Proposed or BankLineStatus.Parked, BankLineStatus.Assigned or BankLineStatus.Ignored or BankLineStatus.Other) => true,
            (BankLineStatus.Assigned, BankLineStatus.Posted or BankLineStatus.Parked) => true,
            (BankLineStatus.Ignored or BankLineStatus.Other, BankLineStatus.Parked) => true,
            _ => false,
        });

    protected override IEnumerable<BrokenInvariant> OfEvent(BankLineEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        var moved = happened switch
        {
            BankLineRecorded when State.Entry is not null => Money.Zero(State.Moved.Currency), // again
            BankLineIgnored e => e.Moved,
            BankLineMarkedOther e => e.Moved,
            BankLineReopened e => e.Moved,
            _ => State.Entry is null ? (Money?)null : State.Moved,
        };
        if (moved is { } said && said != State.Moved)
        {
            yield return new BrokenInvariant(Invariant.CashAgreesWithProvider, $"{said} is said to have moved, the booking is of {State.Moved}");
        }
    }

    /// <summary>What nobody can doubt the system posts; everything else a person says.</summary>
    protected override bool MayHaveAsked(Actor actor, BankLineEvent happened, BankLine after) =>
        happened is BankLineAssigned { ByPerson: true } or BankLineIgnored or BankLineMarkedOther or BankLineReopened
            ? BankAudits.IsInCharge(actor)
            : actor.Role == ActorRole.System;
}

internal static class BankAudits
{
    public static bool IsInCharge(Actor actor) => actor.Role is ActorRole.Administrator or ActorRole.System;
}

internal sealed class PayoutAccountAudit(string stream) : StreamAudit<PayoutAccount, PayoutAccountCommand, PayoutAccountEvent, PayoutAccountRules>(stream)
{
    public static readonly AuditedKind Kind = new("payout-account", stream => new PayoutAccountAudit(stream))
    {
        Tables = [OwnedTable.By<PayoutAccountRow>(nameof(PayoutAccountRow.Account))],
    };

    protected override IEnumerable<IReadRow> RowsOf(PayoutAccount state) => PayoutAccountRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfTransition(PayoutAccount after) => Transitions.Check(
        State.Status, after.Status, (State.Status, after.Status) switch
        {
            (PayoutAccountStatus.None, PayoutAccountStatus.Registered) => true,
            (PayoutAccountStatus.Registered, PayoutAccountStatus.Verified or PayoutAccountStatus.Rejected or PayoutAccountStatus.Closed) => true,
            (PayoutAccountStatus.Verified, PayoutAccountStatus.Closed) => true,
            _ => false,
        });

    /// <summary>Its organisation registers and closes it, administrators verify.</summary>
    protected override bool MayHaveAsked(Actor actor, PayoutAccountEvent happened, PayoutAccount after) => happened switch
    {
        PayoutAccountRegistered => actor.Role == ActorRole.System || actor.Organisation == after.Organisation,
        PayoutAccountClosed => BankAudits.IsInCharge(actor) || actor.Organisation == after.Organisation,
        _ => BankAudits.IsInCharge(actor),
    };
}

/// <summary>The bank's side of payments, as our orders and statements have it: compared with what the agreements recorded.</summary>
internal sealed class BankPaymentAudit(string stream) : StreamAudit<BankPayment, BankPaymentCommand, BankPaymentEvent, BankPaymentRules>(stream)
{
    public static readonly AuditedKind Kind = new("bank-payment", stream => new BankPaymentAudit(stream))
    {
        Tables = [OwnedTable.By<BankPaymentRow>(nameof(BankPaymentRow.Intent))],
        Provider = BankMatching.Source,
    };

    public override ProviderPayment? Payment => State.Order is { } order ? new ProviderPayment(order.Kind, order.Amount, State.MovedMinor) : null;

    protected override IEnumerable<IReadRow> RowsOf(BankPayment state) => BankPaymentRow.Of(state);

    protected override IEnumerable<BrokenInvariant> OfTransition(BankPayment after) => Transitions.Check(
        State.Status, after.Status, (State.Status, after.Status) switch
        {
            (BankPaymentStatus.None, BankPaymentStatus.Ordered) => true,
            (BankPaymentStatus.Ordered, BankPaymentStatus.ApprovedOnce) => true,
            (BankPaymentStatus.ApprovedOnce, BankPaymentStatus.Approved) => true,
            (BankPaymentStatus.Approved, BankPaymentStatus.Exported) => true,
            (BankPaymentStatus.Exported, BankPaymentStatus.Made or BankPaymentStatus.Returned) => true,
            (BankPaymentStatus.Ordered or BankPaymentStatus.ApprovedOnce or BankPaymentStatus.Approved, BankPaymentStatus.Rejected or BankPaymentStatus.Cancelled) => true,
            _ => false,
        });

    protected override IEnumerable<BrokenInvariant> OfEvent(BankPaymentEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        var wrong = happened switch
        {
            BankPaymentOrdered e when e.Order.Payment.Value != Key => (Invariant.IntentBeforeEffect, $"the order is of {e.Order.Payment}"),
            BankPaymentApproved e when State.Approvals.Contains(e.By) || e.By != actor.ToString() => (Invariant.IntentBeforeEffect, $"{e.By} approves it again, or somebody else does in that name"),
            BankPaymentExported when State.Approvals.Count < 2 => (Invariant.IntentBeforeEffect, "it goes to the bank without two approvals"),
            _ => default,
        };
        if (wrong is { Item1: > 0 })
        {
            yield return new BrokenInvariant(wrong.Item1, wrong.Item2);
        }
    }

    /// <summary>People approve and reject; the rest follows from their word or a bank's.</summary>
    protected override bool MayHaveAsked(Actor actor, BankPaymentEvent happened, BankPayment after) => happened switch
    {
        BankPaymentApproved => actor.Role == ActorRole.Administrator,
        BankPaymentRejected => BankAudits.IsInCharge(actor),
        _ => actor.Role == ActorRole.System,
    };
}

internal sealed class PaymentBatchAudit(string stream) : StreamAudit<PaymentBatch, PaymentBatchCommand, PaymentBatchEvent, PaymentBatchRules>(stream)
{
    public static readonly AuditedKind Kind = new("payment-batch", stream => new PaymentBatchAudit(stream))
    {
        Tables = [OwnedTable.By<PaymentBatchRow>(nameof(PaymentBatchRow.Batch))],
    };

    protected override IEnumerable<IReadRow> RowsOf(PaymentBatch state) => PaymentBatchRow.Of(Key, state);

    protected override IEnumerable<BrokenInvariant> OfEvent(PaymentBatchEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is PaymentBatchSealed e
            && (State.Status != PaymentBatchStatus.Open || e.Orders.Select(o => o.EndToEndId).Except(State.Asked.Select(BankPaymentOrder.EndToEndIdOf)).Any()
                || e.Orders.Select(o => o.EndToEndId).Distinct().Count() != e.Orders.Count))
        {
            yield return new BrokenInvariant(Invariant.IntentBeforeEffect, "the file has payments that nobody asked for, or one twice");
        }
    }

    protected override bool MayHaveAsked(Actor actor, PaymentBatchEvent happened, PaymentBatch after) => BankAudits.IsInCharge(actor);
}
