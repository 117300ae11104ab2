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
